"""PDFs in, parsed JSON out, one file at a time: resumable, each with its time and memory limit, none stops the rest.

python -m builders.parse recipes/demo/build.yaml dry_run=true
data/demo/parsed/<tier>/<sha256>.json        what a reader made of a PDF; the build reads it
data/demo/parsed/journal.jsonl               {"file": "li.pdf", "state": "done", "seconds": 5.4, ...}
"""
