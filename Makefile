# The commands of Alfa. Each target installs what it needs on Debian and Ubuntu; Rust must be there already.
.DEFAULT_GOAL := help
.PHONY: help run build check test fuzz bench docs dist

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /make \1 	/p' $(MAKEFILE_LIST)

run: ## build and start Alfa in the sandbox on http://127.0.0.1:8000
	@scripts/run.sh

build: ## the optimised binary: target/release/alfa
	@scripts/build.sh

check: ## the quick checks: format, lints, unit tests
	@scripts/check.sh

test: ## every test; installs what it needs
	@scripts/test.sh

fuzz: ## random and hostile input for what reads texts from outside (FUZZ_CASES=inputs for each property)
	@scripts/fuzz.sh

bench: ## measure against the peers and the ceilings, write docs/benchmarks.md (BENCH_SIZE=contacts)
	@scripts/bench.sh

docs: ## the code's documentation: target/doc
	@scripts/docs.sh

dist: ## an archive of the optimised binary with its papers: target/dist
	@scripts/dist.sh
