# losscope: where a classifier's loss comes from

VERSION = 0.1.0
PREFIX ?= /usr/local
DESTDIR ?=
CC ?= cc
B = build

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wundef -Wwrite-strings
HARDEN = -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
CFLAGS ?= -O2 -g
STD = -std=c11 -D_GNU_SOURCE -Isrc -ffp-contract=off -DVERSION='"$(VERSION)"'
ALL_CFLAGS = $(STD) $(WARN) $(HARDEN) $(CFLAGS) $(CPPFLAGS) -pthread
LDLIBS += -lm -pthread

SRC := $(wildcard src/*.c src/*/*.c)
OBJ := $(SRC:src/%.c=$B/%.o)
LIBOBJ := $(filter-out $B/main.o,$(OBJ))

all: losscope

losscope: $(OBJ)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $(OBJ) $(LDLIBS)

$B/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

clean:
	rm -rf $B losscope

.PHONY: all clean
-include $(OBJ:.o=.d)
