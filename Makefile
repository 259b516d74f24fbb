# losscope: where a classifier's loss comes from

VERSION = 0.1.0
PREFIX ?= /usr/local
DESTDIR ?=
CC ?= cc
B = build

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wundef -Wwrite-strings -Wno-psabi
HARDEN = -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
CFLAGS ?= -O2 -g
STD = -std=c11 -D_GNU_SOURCE -Isrc -ffp-contract=off -DVERSION='"$(VERSION)"'
ALL_CFLAGS = $(STD) $(WARN) $(HARDEN) $(CFLAGS) $(CPPFLAGS) -pthread
LDLIBS += -lm -pthread

# Without a library's -dev package the program still builds, and says what to install when such a file comes.
have = $(shell printf '\#include <$(1)>\nint main(void){return 0;}' | $(CC) -x c - -o /dev/null $(2) 2>/dev/null && echo yes)
ifeq ($(call have,zlib.h,-lz),yes)
ALL_CFLAGS += -DHAVE_ZLIB
LDLIBS += -lz
endif
ifeq ($(call have,zstd.h,-lzstd),yes)
ALL_CFLAGS += -DHAVE_ZSTD
LDLIBS += -lzstd
endif

SRC := $(wildcard src/*.c src/*/*.c)
OBJ := $(SRC:src/%.c=$B/%.o)
LIBOBJ := $(filter-out $B/main.o,$(OBJ))

all: losscope

losscope: $(OBJ)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $(OBJ) $(LDLIBS)

ifeq ($(shell $(CC) -dumpmachine | cut -d- -f1),x86_64)
$B/%_avx2.o: ISA = -mavx2 -mbmi2
$B/%_avx512.o: ISA = -mavx2 -mbmi2 -mavx512f -mavx512bw -mavx512vl -mavx512dq -mprefer-vector-width=512
endif

$B/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ISA) -MMD -MP -c -o $@ $<

clean:
	rm -rf $B losscope

.PHONY: all clean
-include $(OBJ:.o=.d)
