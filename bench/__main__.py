"""``make bench``: speeds on this machine, each as a ratio within one run where a ratio means something."""

from bench import drafting, embedding, life, reading, review, summaries
from bench.embedding import Row


def show(rows: tuple[Row, ...]) -> None:
    for row in rows:
        ratio = "" if row.ratio is None else f"  ×{row.ratio:.2f}"
        print(f"{row.name:<70} {row.value:>10.3f} {row.unit:<10}{ratio}", flush=True)


for part in (drafting, review, embedding, life, reading, summaries):
    show(part.run())
