# libFuzzer targets: Fuzz/NAME each, Fuzz/corpus/NAME what it starts from; Fuzz/README.md says how to add one.

TARGET ?=

.PHONY: fuzz

fuzz: need-swift need-build-packages ## feed the parsers malformed input: SECONDS=30 for each target, TARGET=name for one
	@Fuzz/run '$(or $(SECONDS),30)' $(TARGET)
