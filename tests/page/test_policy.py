"""The browser runs the page's own scripts and no other: no text becomes one, whoever slipped it into the page."""

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.page.scripts import POLICY

from .conftest import LISTENING, Served, open_screen, ready, until

REFUSED = "window.refused = []; document.addEventListener('securitypolicyviolation', (one) => window.refused.push(one.effectiveDirective));"
# Each is run in a task of its own: what a test evaluates itself is not under the page's policy.
INJECTED = {
    "a script": "document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.stranger = 1' }))",
    "a script of another file": "document.body.append(Object.assign(document.createElement('script'), { src: 'data:text/javascript,window.stranger=1' }))",
    "an attribute": "document.body.insertAdjacentHTML('beforeend', '<img src=\"data:,\" onerror=\"window.stranger = 1\">')",
    "an address": "document.body.append(Object.assign(document.createElement('a'), { href: 'javascript:window.stranger=1' })); document.body.lastChild.click()",
    "eval": "try { eval('window.stranger = 1') } catch { }",
    "a function": "try { Function('window.stranger = 1')() } catch { }",
    "a function of a function": "try { (() => 0).constructor('window.stranger = 1')() } catch { }",
    "an asynchronous function": "try { Object.getPrototypeOf(async () => 0).constructor('window.stranger = 1')() } catch { }",
    "a template of Gradio's": "try { Function('value', 'return `${window.stranger = 1}`;')() } catch { }",
    "an event of Gradio's": "try { new (Object.getPrototypeOf(async () => 0).constructor)('return (\\n[window.stranger = 1]\\n);')() } catch { }",
    "a timer": "setTimeout('window.stranger = 1')",
}


def test_no_text_may_become_a_script() -> None:
    scripts = POLICY.split("script-src")[1].split(";")[0]
    assert scripts.split() == ["'self'"]


def test_every_screen_works_and_the_browser_has_nothing_to_refuse(browser: Browser, served: Served) -> None:
    page = browser.new_page(locale="fr-FR")
    page.add_init_script(REFUSED)
    said: list[str] = []
    page.on(
        "console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None
    )
    page.goto(served.url)
    ready(page)
    for screen in LISTENING:
        open_screen(page, screen)
    open_screen(page, "Clauses")
    page.locator("#clauses-trouvees [data-event=lire]").first.click()
    expect(page.locator("#clause [tabindex='-1']").first).to_be_focused()
    assert page.evaluate("window.refused") == []
    assert [text for text in said if "Content Security Policy" in text or "EvalError" in text] == []
    page.close()


@pytest.fixture(scope="module")
def attacked(browser: Browser, served: Served) -> Page:
    page = browser.new_page()
    page.add_init_script(REFUSED)
    page.goto(served.url)
    ready(page)
    return page


@pytest.mark.parametrize("injected", INJECTED)
def test_a_script_that_somebody_slips_into_the_page_does_not_run(attacked: Page, injected: str) -> None:
    attacked.evaluate("window.refused = []")
    attacked.evaluate(f"() => {{ setTimeout(() => {{ {INJECTED[injected]} }}) }}")
    until(attacked, "window.refused.length > 0")
    attacked.wait_for_timeout(200)
    assert attacked.evaluate("window.stranger") is None
    assert all(
        one.startswith(("script-src", "frame-src", "default-src"))
        for one in attacked.evaluate("window.refused")
    )


def test_a_frame_that_somebody_slips_into_the_page_runs_no_script(attacked: Page) -> None:
    said: list[str] = []
    attacked.on("console", lambda message: said.append(message.text))
    attacked.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<iframe srcdoc=\"<script>parent.stranger = 1</script>\"></iframe>')"
    )
    until(
        attacked,
        "[...document.querySelectorAll('iframe')].some((frame) => frame.contentDocument?.readyState === 'complete')",
    )
    attacked.wait_for_timeout(500)
    assert attacked.evaluate("window.stranger") is None
    assert any("Content Security Policy" in one for one in said)
