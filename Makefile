# What a person or a machine does with this checkout. Compiled files and fetched tools lie outside it, in the user's
# cache folder, so that a fresh clone does not compile everything again; CARGO_TARGET_DIR and KILDE_CACHE move them.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help build page demo exports interop quality tour test bench bench-parse bench-archive bench-stores rocksdb instructions soak fmt lint models models-md clean

KILDE_CACHE ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/kilde
CARGO_TARGET_DIR ?= $(KILDE_CACHE)/target
export KILDE_CACHE CARGO_TARGET_DIR
KILDE := $(CARGO_TARGET_DIR)/release/kilde
# The build with RocksDB, and what measures with it.
ROCKSDB := $(KILDE_CACHE)/target-rocksdb/release
PYTHON ?= python3
# Texts with gold claims; they are no part of this repository.
GOLD ?= ../shared/gold
# The demonstration's own store; made anew every time.
DEMO := demo-kg

help:
	@echo 'make demo       fetch the models, build, read the sample articles, show the graph, write exports/'
	@echo 'make test       every test; fetches the models and, with pip, rdflib and pySHACL'
	@echo 'make build      the program, without RocksDB: $(KILDE)'
	@echo 'make page       the page of export -f html, which the program is built with where there is Node.js with npm'
	@echo 'make models     the English model (13 MB);  make models-md: the larger one (33 MB)'
	@echo 'make exports    read the sample articles and write exports/'
	@echo 'make quality    measure against the gold texts in GOLD [$(GOLD)] and write docs/quality.md'
	@echo 'make tour       walk through all commands and write docs/tour.md'
	@echo 'make bench      measure everything of docs/performance.md and write its tables; takes long, fetches what is beside by pip'
	@echo '                (make bench-parse: beside spaCy, some minutes; bench-archive: 100,000 articles; bench-stores: a million claims)'
	@echo 'make instructions  count the instructions of reading the sample articles; needs valgrind; cargo bench times the parts'
	@echo 'make soak       the tests that kill, shuffle and forget, for much longer than make test does'
	@echo 'make interop    read every export with the programs it is for; remake the table in docs/exports.md'
	@echo 'make fmt lint   format the code; look for what the linter finds'
	@echo 'make clean      remove what was compiled, and the demonstration'\''s store; the models stay'

build: page
	cargo build --release --locked

page:
	scripts/page.sh

models:
	@command -v $(PYTHON) >/dev/null || { echo 'models: there is no $(PYTHON); install Python 3.9 or later with pip, or say make PYTHON=...' >&2; exit 1; }
	@$(PYTHON) scripts/models.py en

models-md:
	@$(PYTHON) scripts/models.py en-md

exports: models build
	rm -rf $(DEMO)
	$(KILDE) build seeds/articles --store $(DEMO)
	scripts/exports.sh $(KILDE) $(DEMO) exports

interop: models page
	cargo build --release --locked --features parquet
	PYTHON=$(PYTHON) tests/interop/run.sh $(KILDE)

demo: exports
	@echo
	$(KILDE) queries
	$(KILDE) query --store $(DEMO) 'SELECT ?a ?b { ?a kilde:accuses ?b } ORDER BY ?a ?b LIMIT 10'
	$(KILDE) query --store $(DEMO) --named who-says-what --set actor=hamas
	@command -v dot >/dev/null || echo 'Graphviz is not installed: pictures come from a simpler layout. Install the package graphviz for better ones.'
	@echo 'The graph is in $(DEMO)/, the same in every format in exports/. Next: $(KILDE) claims --store $(DEMO)'

quality: models build
	$(PYTHON) scripts/quality_report.py $(KILDE) --gold $(GOLD) >docs/quality.md.new
	mv docs/quality.md.new docs/quality.md

tour: models build
	scripts/tour.sh $(KILDE) >docs/tour.md.new
	mv docs/tour.md.new docs/tour.md

soak: models page
	KILDE_KILLS=$(or $(KILLS),2000) KILDE_PERMUTATIONS=$(or $(PERMUTATIONS),300) cargo test --release --locked -p kilde --test suite -- --nocapture kill:: forget:: store_writers::

test: models page
	cargo test --release --locked --workspace
	cargo build --release --locked
	$(KILDE) rules test
	tests/stores.sh $(KILDE)
	$(PYTHON) tests/quality.py $(KILDE)
	PYTHON=$(PYTHON) tests/consumers.sh $(KILDE)
	PYTHON=$(PYTHON) tests/page.sh $(KILDE)

# All of it takes 40 minutes on two cores, once some more to make the stores (25 GB of disk) and 22 to compile RocksDB.
bench: bench-parse bench-archive bench-stores

bench-parse: models build
	$(PYTHON) tests/bench/run.py $(KILDE) --write docs/performance.md $(BENCH)

bench-archive: models build rocksdb
	$(PYTHON) tests/bench/archive.py $(KILDE) --rocksdb $(ROCKSDB)/kilde --write docs/performance.md $(BENCH)

bench-stores: models build rocksdb
	$(PYTHON) tests/bench/stores.py $(KILDE) $(ROCKSDB)/kilde $(ROCKSDB)/examples --write docs/performance.md $(BENCH)

rocksdb: page
	PYTHON=$(PYTHON) scripts/rocksdb.sh build --release --locked --features rocksdb --bin kilde --examples

instructions: models build
	tests/bench/instructions.sh $(KILDE)

fmt:
	cargo fmt --all

lint: page
	cargo fmt --all --check
	cargo clippy --release --locked --workspace --all-targets -- -D warnings

clean:
	rm -rf $(DEMO)
	cargo clean
