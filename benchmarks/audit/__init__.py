"""How many of our rows are right? Drawn by task and language, judged by a reader, counted with an interval.

    python -m benchmarks.audit draw              # builds .cache/audit, writes sheets there and audit/<task>.csv here
    python -m benchmarks.audit draw reuse=true   # the same from the build that is there
    python -m benchmarks.audit score             # audit/README.md, and the figures as the last line

A reader opens `.cache/audit/<task>.<language>.md` and writes right or wrong, with a reason, into `audit/<task>.csv`:

    id,language,verdict,reason
    3eb84d4b4cd886f2,zh,right,
    90aa17c2be00e1d4,zh,wrong,the sentence speaks of another structure
"""
