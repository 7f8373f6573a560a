"""The Action's start: its own environment, once a job, whatever lies in the consumer's checkout."""

import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[3]
START = ROOT / "action" / "start.py"
UV = ROOT / ".tools" / "uv" / "bin"


@pytest.fixture(scope="module")
def start() -> ModuleType:
    spec = importlib.util.spec_from_file_location("start", START)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def launch(folder: Path, temp: Path, **environ: str) -> "subprocess.CompletedProcess[str]":
    """Start RAT in *folder* as action.yml does, for an event that asks for nothing."""
    event = temp / "event.json"
    event.write_text(json.dumps({"action": "closed", "issue": {"number": 1}}), encoding="utf-8")
    runner = {
        "RUNNER_TEMP": str(temp),
        "GITHUB_WORKSPACE": str(folder),
        "GITHUB_EVENT_NAME": "issues",
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_STEP_SUMMARY": str(temp / "summary"),
        "GITHUB_OUTPUT": str(temp / "output"),
        "PATH": os.pathsep.join([str(UV), str(Path(sys.executable).parent), os.environ["PATH"]]),
    }
    command = [sys.executable, "-I", str(START)]
    given = {**os.environ, **runner, **environ}
    return subprocess.run(command, check=False, cwd=folder, env=given, capture_output=True, text=True, timeout=100)


def test_a_hostile_checkout_can_neither_run_nor_configure_anything(tmp_path: Path) -> None:
    """Everything that Python, pip or uv would take from a working directory or an environment of the consumer."""
    folder, temp = tmp_path / "consumer", tmp_path / "temp"
    folder.mkdir()
    temp.mkdir()
    trap = f"from pathlib import Path\nPath({str(tmp_path / 'sprung')!r}).touch()\n"
    for name in ("rat", "click", "rat/commands", "json", "github", "pydantic"):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "__init__.py").write_text(trap)
    for name in ("sitecustomize.py", "usercustomize.py", "conftest.py", "rat/__main__.py", "logging.py"):
        (folder / name).write_text(trap)
    for name in ("uv", "uvx", "pip", "python", "python3"):
        (folder / name).write_text(f"#!/bin/sh\ntouch {tmp_path / 'sprung'}\nexit 1\n")
        (folder / name).chmod(0o755)
    (folder / ".python-version").write_text("3.99\n")
    (folder / "uv.toml").write_text('index-url = "http://127.0.0.1:9/simple"\nno-index = true\n')
    (folder / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.99"\n')
    (folder / "pip.conf").write_text("[global]\nno-index = true\n")
    environ = {
        "PYTHONPATH": str(folder),
        "PYTHONSTARTUP": str(folder / "sitecustomize.py"),
        "PYTHONHOME": "",
        "VIRTUAL_ENV": str(folder),
        "UV_PYTHON": "3.99",
        "UV_SYSTEM_PYTHON": "1",
        "UV_CONSTRAINT": str(folder / "pip.conf"),
        "UV_PROJECT_ENVIRONMENT": str(folder),
        "UV_NO_VERIFY_HASHES": "1",
        "PATH": os.pathsep.join([str(folder), str(UV), str(Path(sys.executable).parent), os.environ["PATH"]]),
    }
    done = launch(folder, temp, **environ)
    assert done.returncode == 0, done.stderr + done.stdout
    assert "Nothing was done" in (temp / "summary").read_text()
    assert not (tmp_path / "sprung").exists()


def test_the_environment_is_made_once_and_used_again(tmp_path: Path) -> None:
    launch(tmp_path, tmp_path)
    (environment,) = (path for path in tmp_path.glob("rat-*") if (path / "pyvenv.cfg").is_file())
    stamp = environment.stat().st_mtime_ns
    again = launch(tmp_path, tmp_path, PATH="/usr/bin:/bin")
    assert again.returncode == 0, again.stderr
    assert environment.stat().st_mtime_ns == stamp


def test_what_only_makes_it_faster_comes_too(tmp_path: Path) -> None:
    done = launch(tmp_path, tmp_path)
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.glob("rat-*/lib/*/site-packages/ahocorasick_rs"))
    assert "only slower" not in done.stdout


def test_without_a_wheel_for_what_only_makes_it_faster_the_rest_is_installed(tmp_path: Path) -> None:
    """As on Alpine: uv looks for a wheel for musl, and there is none."""
    folder, musl = tmp_path / "consumer", tmp_path / "musl" / "uv"
    folder.mkdir()
    musl.parent.mkdir()
    musl.write_text(
        f'#!/bin/sh\ncase "$*" in *speed.txt*) set -- "$@" --python-platform x86_64-unknown-linux-musl;; esac\n'
        f'exec {UV}/uv "$@"\n'
    )
    musl.chmod(0o755)
    done = launch(folder, tmp_path, PATH=os.pathsep.join([str(musl.parent), os.environ["PATH"]]))
    assert done.returncode == 0, done.stderr
    assert "ahocorasick-rs==1" in done.stderr
    assert done.stdout.count("only slower") == 1
    assert list(tmp_path.glob("rat-*/lib/*/site-packages/click"))
    assert not list(tmp_path.glob("rat-*/lib/*/site-packages/ahocorasick_rs"))
    assert "Nothing was done" in (tmp_path / "summary").read_text()


def test_a_failed_installation_says_what_to_do_and_leaves_nothing(tmp_path: Path) -> None:
    done = launch(tmp_path, tmp_path, UV_DEFAULT_INDEX="http://127.0.0.1:9/simple", UV_CACHE_DIR=str(tmp_path / "none"))
    assert done.returncode == 2
    assert "::error title=RAT could not be installed::" in done.stdout
    assert "UV_DEFAULT_INDEX" in done.stdout
    assert not [path for path in tmp_path.glob("rat-*") if (path / "pyvenv.cfg").is_file()]


def test_installers_get_neither_secrets_nor_foreign_settings(start: ModuleType) -> None:
    given = {
        "PATH": "/bin::bin:.",
        "GITHUB_TOKEN": "x",
        "OPENAI_API_KEY": "x",
        "JIRA_TOKEN": "x",
        "RAT_LEDGER": "postgresql://u:p@h/d",
        "PYTHONPATH": "x",
        "VIRTUAL_ENV": "x",
        "UV_PYTHON": "x",
        "UV_DEFAULT_INDEX": "mirror",
        "UV_PYTHON_INSTALL_MIRROR": "mirror",
        "UV_CACHE_DIR": "cache",
        "SSL_CERT_FILE": "certificate",
    }
    kept = {"PATH", "UV_DEFAULT_INDEX", "UV_PYTHON_INSTALL_MIRROR", "UV_CACHE_DIR", "SSL_CERT_FILE"}
    cleaned = start.clean(given)
    assert set(cleaned) == kept
    assert cleaned["PATH"] == "/bin"


def test_two_locks_get_two_environments(start: ModuleType, tmp_path: Path) -> None:
    locks = [tmp_path / "one.txt", tmp_path / "two.txt"]
    for lock in locks:
        lock.write_text(lock.name)
    assert len({start.environment_of(lock, tmp_path) for lock in locks}) == 2


@pytest.mark.parametrize(
    ("ledger", "lock"),
    [("", "run"), ("out/ledger.jsonl", "run"), ("postgresql://u:p@h/d", "ledger"), ("sqlite:///x.db", "ledger")],
)
def test_only_a_ledger_in_a_database_costs_a_larger_install(start: ModuleType, ledger: str, lock: str) -> None:
    assert start.lock_for({"RAT_LEDGER": ledger}).name == f"{lock}.txt"
    assert start.lock_for({}).name == "run.txt"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_cancelled_run_ends_at_once(tmp_path: Path, number: signal.Signals) -> None:
    """GitHub signals the shell that a step runs in, and `exec` makes that RAT, here as it waits for an answer."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        environ = {
            **os.environ,
            "GITHUB_EVENT_NAME": "schedule",
            "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
            "GITHUB_API_URL": f"http://127.0.0.1:{silent.getsockname()[1]}",
            "GITHUB_REPOSITORY": "alice/demo",
            "GITHUB_TOKEN": "ghs_x",
            "RAT_TICKET": "alice/demo#1",
            "RUNNER_TEMP": str(tmp_path),
            "PATH": os.pathsep.join([str(UV), str(Path(sys.executable).parent), os.environ["PATH"]]),
        }
        (tmp_path / "event.json").write_text("{}")
        silent.settimeout(90)
        shell = ["bash", "-c", f"exec {sys.executable} -I {START}"]
        with subprocess.Popen(
            shell, env=environ, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as run:
            connection, _ = silent.accept()
            run.send_signal(number)
            assert run.wait(5) == -number
            connection.close()
