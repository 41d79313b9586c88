"""Annotates a text of one paragraph a line with spaCy, on one thread; prints words, seconds and processor seconds.

    peer.py MODEL_FOLDER TEXT

Loading is measured apart. Also measures how fast this processor multiplies matrices with numpy, as a bound.
"""

import json
import os
import sys
import time

# Before numpy is loaded, which reads them once.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import warnings

warnings.filterwarnings("ignore")


def gigaflops(numpy, rows=480, inner=96, columns=288):
    """Single-precision products a second of processor time, in thousands of millions; matrices as the networks have them."""
    left, right = numpy.ones((rows, inner), "float32"), numpy.ones((inner, columns), "float32")
    left @ right
    start, times = time.process_time(), 0
    while time.process_time() - start < 0.5:
        for _ in range(20):
            left @ right
        times += 20
    return 2 * rows * inner * columns * times / (time.process_time() - start) / 1e9


def main():
    folder, text = sys.argv[1:]
    with open(text, encoding="utf8") as file:
        paragraphs = [line for line in file.read().split("\n") if line.strip()]
    start = time.perf_counter()
    import numpy
    import spacy

    pipeline = spacy.load(folder)
    loaded = time.perf_counter()
    cpu = time.process_time()
    tokens = sum(len(doc) for doc in pipeline.pipe(paragraphs))
    cpu = time.process_time() - cpu
    print(json.dumps({
        "version": spacy.__version__,
        "tokens": tokens,
        "load": loaded - start,
        "cpu": cpu,
        "wall": time.perf_counter() - loaded,
        "gigaflops": gigaflops(numpy),
    }))


main()
