"""What the benchmarks share: running commands, text to read, tables in docs/performance.md."""

import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

CACHE = pathlib.Path(os.environ.get("KILDE_CACHE") or pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "kilde")


def run(*command, expected=(0,)):
    """Seconds, processor seconds and the greatest memory (MB) of a command."""
    start = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in expected:
        sys.exit(f"bench: {' '.join(map(str, command))} failed")
    return {"wall": seconds, "cpu": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss / 1000}


def medians(rows):
    """The median of each figure over the rounds."""
    return {key: statistics.median(row[key] for row in rows) for key in rows[0] if not isinstance(rows[0][key], str)}


def paragraphs(path):
    """The paragraphs of a file: of CoNLL-U the sentences joined, else lines without front matter."""
    if path.suffix != ".conllu":
        text = path.read_text(encoding="utf8").rpartition("\n---\n")[2]
        yield from (line for line in text.split("\n") if line.strip())
        return
    sentences = []
    for line in path.read_text(encoding="utf8").split("\n"):
        if line.startswith(("# newdoc", "# newpar")) and sentences:
            yield " ".join(sentences)
            sentences = []
        elif line.startswith("# text = "):
            sentences.append(line.removeprefix("# text = "))
    if sentences:
        yield " ".join(sentences)


def texts():
    """The files that are read by default: ../shared/corpora/en, which is no part of this repository, else the samples."""
    corpora = sorted(pathlib.Path("../shared/corpora/en").glob("*.conllu"), reverse=True)
    return corpora or sorted(pathlib.Path("seeds/articles").glob("en-*.txt"))


def fetched(package, version, also=()):
    """The folder into which pip put a package; `None` if it cannot be had, which is said."""
    folder = CACHE / "bench" / f"{package}-{version}-{sys.version_info[0]}.{sys.version_info[1]}"
    if not folder.is_dir():
        part = folder.with_name(folder.name + ".part")
        shutil.rmtree(part, ignore_errors=True)
        fetch = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", part]
        if subprocess.run([*fetch, f"{package}=={version}", *also]).returncode:
            print(f"*** LEFT OUT: {package} {version} could not be fetched", file=sys.stderr)
            return None
        part.rename(folder)
    return folder


def machine():
    """What the system calls its processor, how many there are, and how busy they are."""
    lines = pathlib.Path("/proc/cpuinfo").read_text().split("\n") if pathlib.Path("/proc/cpuinfo").exists() else []
    name = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "an unknown processor")
    return f"{name}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the end"


def table(head, rows):
    """Lines of a table in Markdown."""
    return [f"| {' | '.join(head)} |", "|---" * len(head) + "|", *(f"| {' | '.join(row)} |" for row in rows)]


def publish(file, name, text):
    """Prints a text, and puts it into the file in place of what `name` had measured before."""
    print(text, flush=True)
    if not file:
        return
    start, end = f"<!-- measured: {name} -->", "<!-- end of what is measured -->"
    before, found, rest = file.read_text(encoding="utf8").partition(start)
    if not found:
        sys.exit(f"bench: {file} has no line {start}")
    file.write_text(f"{before}{start}\n\n{text}\n\n{end}{rest.partition(end)[2]}", encoding="utf8")
