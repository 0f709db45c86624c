"""What others made: files of questions, answers and dialogues in; clean ShareGPT rows with licence and line out.

Read, recognise by keys, mend or drop with a reason, then see all together: prefixes, duplicates, evaluation sets.

    imports: [{path: input/ecs/exported.json, licence: CC-BY-4.0}]          in build.yaml
    data/ecs/sft_imported.jsonl, unanswered.jsonl                           what comes out
"""
