# Two commands matter: `make demo` and `make test`. Each installs MariaDB first where there is none.

CARGO := $(shell command -v cargo 2>/dev/null || echo "$${CARGO_HOME:-$$HOME/.cargo}/bin/cargo")
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test check picture bench toolchain

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-16s %s\n", $$1, $$2 }'

demo: toolchain ## Open the console on a throwaway festival; ARGS="--as juror --films 500" goes to it
	@scripts/install-mariadb
	@test -x target/release/marsai || echo "Building marsai; the first time takes a few minutes."
	@$(CARGO) run --release --quiet --bin marsai -- demo $(ARGS)

test: toolchain ## Run every test; ARGS="--test mariadb" runs some
	@scripts/install-mariadb --with-ssh
	$(CARGO) test $(ARGS)

check: toolchain ## Formatting, lints and, where cargo-deny is installed, licences and bans
	$(CARGO) fmt --check
	$(CARGO) clippy --all-targets -- -D warnings
	@if $(CARGO) deny --version >/dev/null 2>&1; then $(CARGO) deny check; \
	else echo "cargo-deny is not installed: licences and bans were not checked."; fi

picture: toolchain ## Draw the README's picture from real frames
	@scripts/install-mariadb
	$(CARGO) run --release --example picture

bench: toolchain ## Measure what the README says about speed
	@scripts/install-mariadb
	$(CARGO) bench $(ARGS)

toolchain:
	@$(CARGO) --version >/dev/null 2>&1 || { echo "marsai needs Rust: install it from https://rustup.rs and run this again." >&2; exit 1; }
