"""``python -m samples.render [slug ...]``: draws the papers named, or all of them, and prints a line for each.

zh-ecs-overview.pdf: 3 pages, 76 KB
"""

from __future__ import annotations

import argparse
from pathlib import Path

PAPERS = Path(__file__).resolve().parent.parent / "papers"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m samples.render", description="Draw samples/papers/*.md as PDF.")
    parser.add_argument("slugs", nargs="*", help="only these papers")
    chosen = parser.parse_args().slugs
    try:
        from samples.render.draw import pdf_of
    except ImportError as error:
        raise SystemExit(f"samples.render needs {error.name}: pip install reportlab pyphen pyyaml") from error
    sources = {source.stem: source for source in sorted(PAPERS.glob("*.md"))}
    if unknown := set(chosen) - set(sources):
        raise SystemExit(f"no such paper in {PAPERS}: {', '.join(sorted(unknown))}")
    for source in [sources[slug] for slug in chosen or sources]:
        pages, content = pdf_of(source)
        source.with_suffix(".pdf").write_bytes(content)
        print(f"{source.stem}.pdf: {pages} pages, {len(content) / 1024:.0f} KB")


if __name__ == "__main__":
    main()
