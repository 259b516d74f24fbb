# losscope: where a classifier's loss comes from

VERSION = 0.1.0
PREFIX ?= /usr/local
DESTDIR ?=
CC ?= cc
B = build

# As many jobs as there are processors, unless -j says otherwise. V=1 shows the commands.
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 2)
endif
run = $(if $(filter-out 0,$V),,@echo '$(1) $(or $(2),$@)';)

# What the compiler and the system have.
hash := \#
comma := ,
accepted = $(shell echo 'int main(void){return 0;}' | $(CC) -Werror $(1) -x c - -o /dev/null 2>/dev/null && echo '$(1)')
have = $(shell printf '$(hash)include <$(1)>\nint main(void){return 0;}' | $(CC) -x c - -o /dev/null $(2) 2>/dev/null && echo yes)

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wundef -Wwrite-strings -Wno-psabi
HARDEN := -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fPIE \
    $(foreach flag,-fstack-clash-protection -fcf-protection,$(call accepted,$(flag)))
HARDEN_LINK = $(if $(HARDEN),-pie -Wl$(comma)-z$(comma)relro$(comma)-z$(comma)now)
CFLAGS ?= -O2 -g
STD = -std=c11 -D_GNU_SOURCE -Isrc -ffp-contract=off -DVERSION='"$(VERSION)"'
ALL_CFLAGS = $(STD) $(WARN) $(HARDEN) $(CFLAGS) $(CPPFLAGS) -pthread
LDLIBS += -lm -pthread

# Without a library's -dev package the program still builds, and says what to install when such a file comes.
ifeq ($(call have,isa-l/igzip_lib.h,-lisal),yes)
ALL_CFLAGS += -DHAVE_ISAL
LDLIBS += -lisal
else ifeq ($(call have,zlib.h,-lz),yes)
ALL_CFLAGS += -DHAVE_ZLIB
LDLIBS += -lz
endif
ifeq ($(call have,zstd.h,-lzstd),yes)
ALL_CFLAGS += -DHAVE_ZSTD
LDLIBS += -lzstd
endif

SRC := $(wildcard src/*.c src/*/*.c)
OBJ := $(SRC:src/%.c=$B/%.o)
# A source that ends in _isa.c is compiled once for each instruction set.
ifeq ($(shell $(CC) -dumpmachine | cut -d- -f1),x86_64)
OBJ += $(foreach level,avx2 avx512,$(patsubst src/%_isa.c,$B/%_isa_$(level).o,$(filter %_isa.c,$(SRC))))
endif
LIBOBJ := $(filter-out $B/main.o,$(OBJ))
UNITOBJ := $(patsubst %.c,$B/%.o,$(wildcard tests/check*.c))

all: losscope

# Other flags (a library that was installed meanwhile) build anew.
FLAGS := $(CC) $(ALL_CFLAGS)
ifneq ($(file <$B/flags),$(FLAGS))
$(shell mkdir -p $B)
$(file >$B/flags,$(FLAGS))
endif

LINK = $(CC) $(ALL_CFLAGS) $(HARDEN_LINK) $(LDFLAGS)

losscope $B/losscope: $(OBJ)
	$(call run,LD)$(LINK) -o $@ $(OBJ) $(LDLIBS)

ifeq ($(shell $(CC) -dumpmachine | cut -d- -f1),x86_64)
$B/%_isa_avx2.o: ISA = -mavx2 -mbmi -mbmi2 -mfma -mpopcnt
$B/%_isa_avx512.o: ISA = -mavx2 -mbmi -mbmi2 -mfma -mpopcnt -mavx512f -mavx512bw -mavx512vl -mavx512dq -mavx512vbmi -mavx512vbmi2 -mprefer-vector-width=512
endif

# loops over many rows
LOOPED = kernel/kernel_isa read/csv read/npy examples/emit examples/convert examples/convert_rows examples/row_groups \
    examples/convert_softmax \
    tally/accumulate tally/accumulate_isa loss/lanes_isa evaluate/lanes_isa evaluate/rule evaluate/nodes evaluate/concentration
$(foreach name,$(LOOPED),$B/$(name).o $B/$(name)_avx2.o $B/$(name)_avx512.o): LOOPS = -O3

$B/%.o: src/%.c $B/flags
	@mkdir -p $(@D)
	$(call run,CC,$<)$(CC) $(ALL_CFLAGS) $(LOOPS) $(ISA) -MMD -MP -c -o $@ $<

$B/%_isa_avx2.o: src/%_isa.c $B/flags
	@mkdir -p $(@D)
	$(call run,CC,$<)$(CC) $(ALL_CFLAGS) $(LOOPS) $(ISA) -MMD -MP -c -o $@ $<

$B/%_isa_avx512.o: src/%_isa.c $B/flags
	@mkdir -p $(@D)
	$(call run,CC,$<)$(CC) $(ALL_CFLAGS) $(LOOPS) $(ISA) -MMD -MP -c -o $@ $<

$B/tests/%.o: tests/%.c $B/flags
	@mkdir -p $(@D)
	$(call run,CC,$<)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$B/unit: $(UNITOBJ) $(LIBOBJ)
	$(call run,LD)$(LINK) -o $@ $^ $(LDLIBS) $(shell pkg-config --libs check)

# random data: the report by plain formulas; the same values in every way of input
$B/direct: tests/random/direct.c tests/random/formulas.c tests/random/random_case.c
$B/cross: tests/random/cross.c tests/random/write_case.c tests/random/random_case.c
# a figure's numbers by plain formulas; whether texts of a picture overlap
$B/figure_numbers: tests/figures/numbers.c
$B/overlap: tests/figures/overlap.c
$B/direct $B/cross: $(wildcard tests/random/*.h)
$B/direct $B/cross $B/figure_numbers $B/overlap:
	@mkdir -p $(@D)
	$(call run,LD)$(CC) -std=c11 -D_GNU_SOURCE $(WARN) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.c,$^) -lm

# one call of a program made to fail; every command with each of its calls failing
$B/preload.so: tests/faults/preload.c
	@mkdir -p $(@D)
	$(call run,LD)$(CC) -std=c11 -D_GNU_SOURCE $(WARN) -O2 -shared -fPIC -o $@ $<

$B/faults: tests/faults/faults.c
	@mkdir -p $(@D)
	$(call run,LD)$(CC) -std=c11 -D_GNU_SOURCE $(WARN) -O2 -o $@ $<

# fuzz targets, without a fuzzer
FUZZ_TARGETS ?= files rows npy labels options states
FUZZ_OBJ = $B/tests/fuzz/isa.o $(filter-out $B/base/cpu.o,$(LIBOBJ))
.PRECIOUS: $B/tests/%.o
$B/replay-%: $B/tests/fuzz/%.o $B/tests/fuzz/replay.o $(FUZZ_OBJ)
	$(call run,LD)$(LINK) -o $@ $^ $(LDLIBS)

BENCH = $B/bench/gen $B/bench/pair $B/bench/naive
TESTERS = $B/unit $B/direct $B/cross $B/faults $B/preload.so $B/figure_numbers $B/overlap \
    $(FUZZ_TARGETS:%=$B/replay-%)

check: losscope $(TESTERS) $(BENCH)
	@tests/run.sh $B

# samples/slurm on a Slurm of its own, on this machine (root; Debian: slurmctld slurmd slurm-client)
check-cluster: losscope
	@tests/cluster.sh

figures: losscope
	@tests/gallery.sh --update

# all figures in all styles and forms, to look at: build/pictures/index.html
pictures: losscope $B/overlap
	@tests/pictures.sh $B/overlap $B/pictures

$B/bench/%: tests/bench/%.c $(filter $B/base/%,$(LIBOBJ))
	@mkdir -p $(@D)
	$(call run,CC,$<)$(CC) $(STD) -O2 -o $@ $^ -lm

bench: losscope $(BENCH)
	@tests/bench/bench.sh

bench-quick: losscope $(BENCH)
	@tests/bench/bench.sh quick

# what states cost
bench-scale: losscope $B/bench/gen
	@tests/bench/scale.sh

# make check with the compiler's own watch: addresses and undefined behaviour, or threads
asan:
	$(MAKE) B=build-asan CFLAGS="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined" HARDEN= check-apart

tsan:
	$(MAKE) B=build-tsan CFLAGS="-O1 -g -fsanitize=thread" HARDEN= check-apart

# which lines the tests run, least covered files first
coverage:
	GCOV_ERROR_FILE=/dev/null $(MAKE) B=build-coverage CFLAGS="-O1 -g --coverage" HARDEN= check-apart
	@gcov -n build-coverage/*.gcno build-coverage/*/*.gcno 2>/dev/null | awk -F"[':% ]+" '/^File/ { file = $$2 } \
	    /^Lines/ && file ~ /^src/ { printf "%6.2f %5d %s\n", $$3, $$5, file; file = "" }' | sort -n | uniq

check-apart: $B/losscope $(TESTERS)
	@LOSSCOPE=../$B/losscope CK_TIMEOUT_MULTIPLIER=20 tests/run.sh $B

# any bytes as input, for FUZZ_SECONDS each target (clang and its libFuzzer: clang libclang-rt-14-dev)
FUZZ_SECONDS ?= 300
fuzz:
	$(MAKE) B=build-fuzz CC=clang CFLAGS="-O1 -g -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=undefined" HARDEN= fuzz-apart

fuzz-apart: $(FUZZ_TARGETS:%=$B/fuzz-%)
	@for target in $(FUZZ_TARGETS); do mkdir -p $B/corpus-$$target && \
	    $B/fuzz-$$target -max_total_time=$(FUZZ_SECONDS) -max_len=3000 -timeout=20 -rss_limit_mb=1000 -artifact_prefix=$B/$$target- \
	        $B/corpus-$$target tests/fuzz/corpus tests/fuzz/states tests/inputs tests/csv-spectrum/csvs || exit 1; done

$B/fuzz-%: tests/fuzz/%.c tests/fuzz/fuzz.h $(FUZZ_OBJ)
	$(call run,LD)$(CC) $(ALL_CFLAGS) -fsanitize=fuzzer -o $@ $< $(FUZZ_OBJ) $(LDLIBS)

# about five minutes: the allocations and system calls of every command failing, from each place of the program
faults: losscope $B/faults $B/preload.so
	@tests/faults.sh $B 100000

# minutes: 4·10^8 numbers against strtod, and random files read in every way
torture: losscope $(TESTERS)
	cd tests && LOSSCOPE_ROUNDS=100000 CK_TIMEOUT_MULTIPLIER=100 ../$B/unit
	@tests/torture.sh 500
	@tests/random.sh $B/direct 1 2000
	@tests/random.sh $B/cross 1 300
	@tests/growth.sh

install: losscope
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 losscope $(DESTDIR)$(PREFIX)/bin/losscope
	install -m 644 man/losscope.1 $(DESTDIR)$(PREFIX)/share/man/man1/losscope.1
	install -d $(DESTDIR)$(PREFIX)/share/man/man5
	install -m 644 man/losscope-state.5 $(DESTDIR)$(PREFIX)/share/man/man5/losscope-state.5

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/losscope $(DESTDIR)$(PREFIX)/share/man/man1/losscope.1 \
	    $(DESTDIR)$(PREFIX)/share/man/man5/losscope-state.5

clean:
	rm -rf build build-asan build-tsan build-fuzz build-coverage losscope

.PHONY: all check check-cluster faults figures pictures bench bench-quick bench-scale asan tsan coverage check-apart fuzz fuzz-apart torture install uninstall clean
-include $(OBJ:.o=.d) $(UNITOBJ:.o=.d)
