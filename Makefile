# Everything a person or a CI machine types. Each target sets up what it needs first; what is there already is left alone.

.PHONY: help serve build test bench setup setup-browser format clean

help:
	@echo "make serve   set up this machine, build the page and serve it at http://127.0.0.1:8080"
	@echo "make test    format, lints, native tests, browser tests, the release build and the journey through it"
	@echo "make build   the release page in dist/, ready for any static host and any folder of it"
	@echo "make bench   how fast the page is there, how big it is, how smooth a long run is"
	@echo "make format  format the code"

setup:
	@scripts/setup.sh

setup-browser: setup
	@scripts/setup-browser.sh

serve: setup
	@scripts/with-tools.sh trunk serve

build: setup
	@scripts/release.sh

test:
	@scripts/test.sh

bench: setup-browser
	@scripts/bench.sh

format:
	cargo fmt --all

clean:
	rm -rf target dist www/dist www/node_modules
