# The Python package (bindings/python): a wheel that carries libvtep.so, and what tests it.

PYTHON_INSTALLED := $(BUILD)/python/installed

.PHONY: wheel python-test

wheel: lib ## build the Python wheel, library inside, into .build/wheels
	@mk/install-packages python3 python3-dev python3-venv gcc libc6-dev binutils
	@mk/wheel $(LIB)/$(REALNAME)

python-test: wheel ## type-check and test the wheel, installed in a virtual environment
	@mk/install-packages iproute2 util-linux
	bindings/python/tests/run
