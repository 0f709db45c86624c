from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from eval.serve_vllm import cpu_arguments, environment
from tests.conftest import ROOT

SHIM = ROOT / "eval/serve_vllm.py"


def test_flags_that_are_given_are_not_added() -> None:
    assert cpu_arguments(["serve", "m"])[2:] == [
        "--dtype",
        "float32",
        "--enforce-eager",
        "--distributed-executor-backend",
        "uni",
    ]
    assert cpu_arguments(["serve", "m", "--dtype=bfloat16", "-tp", "2"])[2:] == [
        "--dtype=bfloat16",
        "-tp",
        "2",
        "--enforce-eager",
    ]


def test_several_workers_keep_their_processes() -> None:
    assert "VLLM_ENABLE_V1_MULTIPROCESSING" in environment(["serve", "m"], cpu=True)
    assert "VLLM_ENABLE_V1_MULTIPROCESSING" not in environment(["serve", "m", "-tp", "2"], cpu=True)


def test_other_commands_stay_as_they_are() -> None:
    assert cpu_arguments(["bench", "serve"]) == ["bench", "serve"]
    assert cpu_arguments([]) == []


def test_a_model_on_disk_needs_no_hub(tmp_path: Path) -> None:
    assert "HF_HUB_OFFLINE" in environment(["serve", str(tmp_path)], cpu=False)
    assert "HF_HUB_OFFLINE" not in environment(["serve", "Qwen/Qwen2.5-7B"], cpu=False)


def test_only_a_cpu_gets_cpu_settings(tmp_path: Path) -> None:
    assert "VLLM_CPU_KVCACHE_SPACE" in environment(["serve", str(tmp_path)], cpu=True)
    assert "VLLM_CPU_KVCACHE_SPACE" not in environment(["serve", str(tmp_path)], cpu=False)


def test_an_environment_without_vllm_names_the_target_that_makes_one() -> None:
    found = subprocess.run([sys.executable, SHIM, "serve", "m"], capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert "no vLLM here; run `make setup-vllm`" in found.stderr
    assert "Traceback" not in found.stderr


def test_modules_beside_the_shim_do_not_hide_pythons_own() -> None:
    code = (
        "import sys, runpy; sys.argv = ['shim', 'serve', 'm']\n"
        f"sys.path.insert(0, {str(SHIM.parent)!r})\n"
        f"import importlib.util as u; spec = u.spec_from_file_location('shim', {str(SHIM)!r})\n"
        "shim = u.module_from_spec(spec); spec.loader.exec_module(shim); shim.leave_own_folder()\n"
        "import statistics; print(statistics.mean([1, 3]))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (found.stdout, found.stderr) == ("2\n", "")
