"""The corpus report: a build's own files and its papers in, `runs/<recipe>/corpus.html` out, one page to look at.

python -m builders.corpus.report recipes/demo/build.yaml        (make corpus-report)

    tally.py     coverage rows -> the funnel, the repairs, the table of papers
    examples.py  dropped.jsonl, contamination.jsonl -> real examples, and who copies whom
    pairs.py     papers -> random blocks as they were read and as they are now
    words.py     two texts -> what was taken out and what was put in
    pictures.py  a block -> its page as a picture, its box marked
    page.py      all of it -> HTML
"""
