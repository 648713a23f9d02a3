"""What stands between gradio's client and the server (the top of ``page.js``), in a real browser, before a server whose words come when the test wants."""

import pytest
from playwright.sync_api import Browser

from assistant.page.layout import SCRIPT

pytestmark = pytest.mark.browser

# Numbers its demands, and says what it is told to, when it is told to.
NETWORK = """
let demands = 0, stream;
const say = (id, word) => stream.enqueue(new TextEncoder().encode(`data: {"msg":"${word}","event_id":"${id}"}\\n\\n`));
window.fetch = async (asked) =>
  new URL(asked.url ?? asked, location.href).pathname.endsWith('/queue/data')
    ? new Response(new ReadableStream({ start: (opened) => { stream = opened; } }))
    : new Response(JSON.stringify({ event_id: `${++demands}` }));
"""
# As gradio's client does: it listens to a demand once it has read its number, and takes up each word in a task of its own.
CLIENT = """
async () => {
  const heard = [], known = new Set(), pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const demand = async () => known.add((await (await fetch('/queue/join', { method: 'POST' })).json()).event_id);
  await demand();
  const words = (await fetch(new Request('/queue/data', { signal: new AbortController().signal }))).body.pipeThrough(new TextDecoderStream()).getReader();
  const others = Array.from({ length: 11 }, demand);
  await pause(50);
  for (let id = 1; id <= 12; id++) say(id, 'estimation');
  say(12, 'the whole');
  for (let last; last !== 'a change'; ) {
    for (const said of (await words.read()).value.trim().split('\\n\\n')) {
      const { msg, event_id: id } = JSON.parse(said.replace(/^data: /, ''));
      last = msg;
      setTimeout(() => heard.push([msg, id, known.has(id)]), 0);
      if (msg === 'the whole') {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => say(12, 'a change');
        port2.postMessage(0);
      }
    }
  }
  await Promise.all(others);
  await pause(50);
  return heard;
}
"""


def test_what_is_said_of_a_demand_is_heard_in_order_once_its_number_is_known(browser: Browser) -> None:
    page = browser.new_page()
    page.route("**/*", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    page.goto("http://127.0.0.1/")
    page.add_script_tag(content=NETWORK)
    page.add_script_tag(content=SCRIPT)
    heard = page.evaluate(CLIENT)
    page.close()
    assert heard == [*(["estimation", str(number), True] for number in range(1, 13)), ["the whole", "12", True], ["a change", "12", True]]
