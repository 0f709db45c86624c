"""Draws the bundled sample papers as two-column PDF pages, so that the parsing step has real pages to read.

Input: ``samples/papers/<slug>.md``: YAML front matter (title, lang, author, running_head, keywords) and a
Markdown body of headings, paragraphs, ``> equations``, pipe tables (the dashes below the header give the
relative column widths) and ``[n]`` references.
Output: ``samples/papers/<slug>.pdf`` beside each source, the same bytes from the same sources and packages.
Command: ``python -m samples.render`` (``pip install reportlab pyphen pyyaml``; the Chinese papers also need
``apt-get install fonts-droid-fallback``). Slugs as arguments draw only those papers.
"""
