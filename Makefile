# libsipcause, by GNU make alone.
#
#   make                 the libraries and the command, in build/
#   make check           every test; check-memory is its part with failing allocations, check-short
#                        all but that; check-sanitize, check-valgrind and check-linear go further
#   make fuzz            libFuzzer (clang) for FUZZ_SECONDS on every target of tests/fuzz; fuzz-afl is AFL++ on the same
#   make bench           how fast it is, as ratios to the machine's limits and to other parsers; BENCH_JSON=FILE,
#                        BENCH_ONLY=SECTION...; bench-instructions compares instructions with those kept
#   make demo            the example trace, without and with its carrier's mapping file
#   make install         under $(DESTDIR)$(prefix); uninstall takes it all away again
#   make dist            the source archive, the same bytes every time; distcheck tests it
#   make wheel           the Python package as a wheel that carries the library; sdist is its source archive
#   make deb             the Debian packages, in build/deb; check-deb looks at them and installs them
#   make abi             whether programs linked against the last release would still run; check-abi
#                        proves that it tells what would break them from what would not; abi-save
#                        makes what is there what a release promises (maintainers only)
#   make release-check   all that must hold of a release: RELEASING
#   make generate        builtin.c and the rest from data/*.csv (maintainers only, needs Python)
#   make symbols         the new functions into debian/libsipcause0.symbols (maintainers only)
#
# ./configure is optional: it only writes config.mk. A variable from the command line or the
# environment wins over config.mk, and config.mk over what stands here.
# V=1 shows whole commands. NO_DEFS=1 links the library without -z defs.

-include config.mk

ifneq (,$(filter default undefined,$(origin CC)))
CC = cc
endif
CFLAGS      ?= -O2 -g
CPPFLAGS    ?=
LDFLAGS     ?=
WARNINGS    ?= -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla
PKG_CONFIG  ?= pkg-config
INSTALL     ?= install

prefix      ?= /usr/local
exec_prefix ?= $(prefix)
bindir      ?= $(exec_prefix)/bin
libdir      ?= $(exec_prefix)/lib
includedir  ?= $(prefix)/include
datarootdir ?= $(prefix)/share
datadir     ?= $(datarootdir)
mandir      ?= $(datarootdir)/man
completionsdir ?= $(datadir)/bash-completion/completions

# Asked again when empty: libcheck may have been installed after configure ran.
ifeq (,$(strip $(YAML_LIBS)))
YAML_CFLAGS := $(shell $(PKG_CONFIG) --cflags yaml-0.1 2>/dev/null)
YAML_LIBS   := $(or $(shell $(PKG_CONFIG) --libs yaml-0.1 2>/dev/null),-lyaml)
endif
ifeq (,$(strip $(CHECK_LIBS)))
CHECK_CFLAGS := $(shell $(PKG_CONFIG) --cflags check 2>/dev/null)
CHECK_LIBS   := $(shell $(PKG_CONFIG) --libs check 2>/dev/null)
endif

# The version stands in the header and nowhere else. The ABI is one number, raised only by a
# change that breaks programs already linked.
VERSION := $(shell awk '/define SIPCAUSE_VERSION_(MAJOR|MINOR|PATCH)[ \t]/ \
	{ v = v s $$3; s = "." } END { print v }' include/sipcause.h 2>/dev/null)
ABI     := 0

BUILD    = build
SOURCES := $(sort $(wildcard lib/*.c))
COMMAND := $(sort $(wildcard cli/*.c))
SUITES  := $(sort $(wildcard tests/test_*.c))
SCRIPTS := $(sort $(wildcard tests/*.sh))
MAN     := $(sort $(wildcard man/*.[1-9]))
EXAMPLES := $(sort $(foreach kind,yaml json txt py c cc,$(wildcard examples/*.$(kind))))
CARRIERS := $(sort $(wildcard examples/carriers/*))

LIB_OBJECTS    := $(SOURCES:%.c=$(BUILD)/%.o)
CLI_OBJECTS    := $(COMMAND:%.c=$(BUILD)/%.o)
TEST_OBJECTS   := $(SUITES:%.c=$(BUILD)/%.o) $(BUILD)/tests/harness.o
TEST_PROGRAMS  := $(SUITES:%.c=$(BUILD)/%)
# The same once more with the allocator that fails on demand.
OOM_OBJECTS    := $(SOURCES:%.c=$(BUILD)/oom/%.o)
OOMT_OBJECTS   := $(SUITES:%.c=$(BUILD)/oom/%.o) $(BUILD)/oom/tests/harness.o
OOM_PROGRAMS   := $(SUITES:%.c=$(BUILD)/oom/%)
# What is fuzzed: load is tests/fuzz/fuzz_load.c, corpus/load and load.dict.
FUZZ_TARGETS   = load reason message isup notice survey trace trunk agree
FUZZ_OBJECTS   = $(FUZZ_TARGETS:%=$(BUILD)/tests/fuzz/fuzz_%.o)
FUZZ_REPLAYS   = $(FUZZ_TARGETS:%=$(BUILD)/fuzz-replay-%)
FUZZ_PROGRAMS  = $(FUZZ_TARGETS:%=$(BUILD)/fuzz-%)
FUZZ_SCRIPTS   = $(FUZZ_TARGETS:%=$(BUILD)/fuzz_%.sh)
# A test program takes the allocator's place, and asks for the next one with dlsym.
DL_LIBS        := $(if $(filter Linux,$(shell uname -s)),-ldl)

# ---- ELF or Mach-O ---------------------------------------------------------------------------

ifeq ($(shell uname -s),Darwin)
SO_DEV   = libsipcause.dylib
SO_ABI   = libsipcause.$(ABI).dylib
SO_FULL  = libsipcause.$(VERSION).dylib
EXPORTS  = $(BUILD)/sipcause.exports
SO_FLAGS = -dynamiclib -install_name $(libdir)/$(SO_ABI) -current_version $(VERSION) \
	-compatibility_version $(basename $(VERSION)) -Wl,-exported_symbols_list,$(EXPORTS)
else
SO_DEV   = libsipcause.so
SO_ABI   = libsipcause.so.$(ABI)
SO_FULL  = libsipcause.so.$(VERSION)
EXPORTS  = lib/sipcause.map
# The library's calls to its own public functions are its own: no program takes their place, and none goes through
# the table of what is linked.
SO_FLAGS = -shared -Wl,-soname,$(SO_ABI) -Wl,-Bsymbolic-functions -Wl,--version-script,$(EXPORTS) $(SO_DEFS)
# A sanitizer's runtime is only in the program, so a sanitized library must have loose ends.
ifneq (,$(findstring -fsanitize,$(CC) $(CFLAGS) $(LDFLAGS)))
NO_DEFS = 1
endif
SO_DEFS  = $(if $(filter-out 0,$(NO_DEFS)),,-Wl,-z,defs)
endif

# ---- How things are said ---------------------------------------------------------------------

ifeq ($(V),1)
Q   :=
say  = @:
else
Q   := @
ifneq (,$(findstring s,$(filter-out --%,$(firstword -$(MAKEFLAGS)))))
say  = @:
else
say  = @printf '  %-5s %s\n' $(1) $(2)
endif
endif

comma := ,
quote = '$(subst ','\'',$(1))'

# ---- Building --------------------------------------------------------------------------------

.PHONY: all libraries test-programs oom-programs fuzz-replays need-version need-check FORCE
.DELETE_ON_ERROR:
.SUFFIXES:

all: libraries $(BUILD)/sipcause

libraries: $(BUILD)/$(SO_ABI) $(BUILD)/$(SO_DEV) $(BUILD)/libsipcause.a

ALL_CFLAGS = -std=c11 -fPIC -fvisibility=hidden $(WARNINGS) $(CFLAGS)
ALL_LINK   = $(CC) $(CFLAGS) $(LDFLAGS)

# Stamps: rewritten only when their text changes, so that whatever depends on one is built again
# when the flags, or the list of sources, are no longer those it was built with.
define stamp
@mkdir -p $(@D)
@printf '%s\n' $(call quote,$(1)) >$@.new
@if cmp -s $@.new $@; then rm -f $@.new; else mv -f $@.new $@; fi
endef

$(BUILD)/flags: FORCE
	$(call stamp,$(CC) $(ALL_CFLAGS) $(CPPFLAGS) $(YAML_CFLAGS) $(CHECK_CFLAGS))

$(BUILD)/link: FORCE
	$(call stamp,$(ALL_LINK) $(SO_FLAGS) $(YAML_LIBS) $(CHECK_LIBS) $(SOURCES) $(COMMAND))

define compile
$(call say,CC,$@)
@mkdir -p $(@D)
$(Q)$(CC) $(ALL_CFLAGS) $(1) $(CPPFLAGS) -MMD -MP -c -o $@ $<
endef

define archive
$(call say,AR,$@)
@rm -f $@
$(Q)$(AR) rcs $@ $(filter %.o,$^)
endef

define link
$(call say,LD,$@)
$(Q)$(ALL_LINK) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(1)
endef

$(LIB_OBJECTS): $(BUILD)/%.o: %.c $(BUILD)/flags
	$(call compile,-Iinclude $(YAML_CFLAGS))

# The command sees the public header only.
$(CLI_OBJECTS): $(BUILD)/%.o: %.c $(BUILD)/flags
	$(call compile,-Iinclude)

$(TEST_OBJECTS): $(BUILD)/%.o: %.c $(BUILD)/flags | need-check
	$(call compile,-Iinclude -Ilib $(CHECK_CFLAGS))

$(OOM_OBJECTS): $(BUILD)/oom/%.o: %.c $(BUILD)/flags
	$(call compile,-DSIPCAUSE_TEST_MEMORY -Iinclude $(YAML_CFLAGS))

$(OOMT_OBJECTS): $(BUILD)/oom/%.o: %.c $(BUILD)/flags | need-check
	$(call compile,-DSIPCAUSE_TEST_MEMORY -Iinclude -Ilib $(CHECK_CFLAGS))

# A fuzz target is a program like any other: it sees the public header only; trace is the command's reader besides.
$(FUZZ_OBJECTS) $(BUILD)/tests/fuzz/replay.o $(BUILD)/tests/linear/linear.o: $(BUILD)/%.o: %.c $(BUILD)/flags
	$(call compile,-Iinclude)

$(BUILD)/libsipcause.a: $(LIB_OBJECTS) $(BUILD)/link
	$(archive)

$(BUILD)/oom/libsipcause.a: $(OOM_OBJECTS) $(BUILD)/link
	$(archive)

$(BUILD)/$(SO_ABI): $(LIB_OBJECTS) $(EXPORTS) $(BUILD)/link | need-version
	$(call link,$(SO_FLAGS) $(YAML_LIBS))

$(BUILD)/$(SO_DEV): $(BUILD)/$(SO_ABI)
	$(Q)ln -sf $(SO_ABI) $@

# The linker of Mach-O knows no version script: it takes the names alone, each with a "_" before it.
$(BUILD)/sipcause.exports: lib/sipcause.map
	@mkdir -p $(@D)
	$(Q)sed -n 's/^[[:space:]]*\(sipcause_[a-z0-9_]*\);.*/_\1/p' $< >$@

# The command is linked against the static library, so that it runs from build/ uninstalled.
$(BUILD)/sipcause: $(CLI_OBJECTS) $(BUILD)/libsipcause.a $(BUILD)/link
	$(call link,$(YAML_LIBS))

# What a distribution installs: one copy of the library for all. SHARED_COMMAND=1 installs this one.
$(BUILD)/shared/sipcause: $(CLI_OBJECTS) $(BUILD)/$(SO_DEV) $(BUILD)/link
	@mkdir -p $(@D)
	$(call link,-L$(BUILD) -lsipcause)

$(TEST_PROGRAMS): $(BUILD)/tests/%: $(BUILD)/tests/%.o $(BUILD)/tests/harness.o \
		$(BUILD)/libsipcause.a $(BUILD)/link
	$(call link,$(YAML_LIBS) $(CHECK_CFLAGS) $(CHECK_LIBS) $(DL_LIBS))

$(OOM_PROGRAMS): $(BUILD)/oom/tests/%: $(BUILD)/oom/tests/%.o $(BUILD)/oom/tests/harness.o \
		$(BUILD)/oom/libsipcause.a $(BUILD)/link
	$(call link,$(YAML_LIBS) $(CHECK_CFLAGS) $(CHECK_LIBS) $(DL_LIBS))

$(FUZZ_REPLAYS): $(BUILD)/fuzz-replay-%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/tests/fuzz/replay.o \
		$(BUILD)/libsipcause.a $(BUILD)/link
	$(call link,$(YAML_LIBS))

# Only within make fuzz and fuzz-afl: CC is clang there, or AFL++'s, which puts its own driver in libFuzzer's place.
$(FUZZ_PROGRAMS): $(BUILD)/fuzz-%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/libsipcause.a $(BUILD)/link
	$(call link,-fsanitize=fuzzer $(YAML_LIBS))

# What reads a trace and joins its calls.
$(BUILD)/fuzz-replay-trace $(BUILD)/fuzz-trace: $(addprefix $(BUILD)/cli/,$(addsuffix .o,body call calls capture ended \
	hash lines need ngrep scan stamp trace))

-include $(wildcard $(BUILD)/lib/*.d $(BUILD)/cli/*.d $(BUILD)/tests/*.d $(BUILD)/tests/fuzz/*.d \
	$(BUILD)/tests/linear/*.d $(BUILD)/bench/*.d $(BUILD)/oom/lib/*.d $(BUILD)/oom/tests/*.d)

need-version:
	@test -n '$(VERSION)' || { echo 'make: include/sipcause.h defines no version' >&2; exit 1; }

need-check:
	@test -n '$(strip $(CHECK_LIBS))' || { \
	echo 'make: the tests need libcheck, which $(PKG_CONFIG) does not find as "check".' >&2; \
	echo 'make: Debian and Ubuntu: apt-get install pkg-config check; or run ./bootstrap check' >&2; \
	exit 1; }

# ---- Tests -----------------------------------------------------------------------------------

.PHONY: check check-short check-memory check-sanitize check-sanitized-gcc check-sanitized-clang check-valgrind \
	check-linear fuzz fuzz-afl fuzzed

# What a suite or a script finds in its environment; the flags are there for install.sh, whose
# make must not find them changed.
RUN_TESTS = SRCDIR='$(CURDIR)' BUILD='$(abspath $(BUILD))' MAKE='$(MAKE_COMMAND)' \
	VERSION='$(VERSION)' ABI='$(ABI)' CC=$(call quote,$(CC)) CFLAGS=$(call quote,$(CFLAGS)) \
	CPPFLAGS=$(call quote,$(CPPFLAGS)) LDFLAGS=$(call quote,$(LDFLAGS)) \
	WARNINGS=$(call quote,$(WARNINGS)) NO_DEFS='$(NO_DEFS)' PKG_CONFIG=$(call quote,$(PKG_CONFIG)) \
	YAML_CFLAGS=$(call quote,$(YAML_CFLAGS)) YAML_LIBS=$(call quote,$(YAML_LIBS)) \
	FUZZ_TARGETS='$(FUZZ_TARGETS)' CHECK_CFLAGS=$(call quote,$(CHECK_CFLAGS)) CHECK_LIBS=$(call quote,$(CHECK_LIBS))

test-programs: $(TEST_PROGRAMS)
oom-programs: $(OOM_PROGRAMS)
fuzz-replays: $(FUZZ_REPLAYS)

check: all test-programs oom-programs fuzz-replays $(BUILD)/bench/agree
	@$(RUN_TESTS) tests/run $(TEST_PROGRAMS) $(OOM_PROGRAMS) $(SCRIPTS)

# Without failing allocations: what a package is built from and with has no say in them.
check-short: all test-programs fuzz-replays $(BUILD)/bench/agree
	@$(RUN_TESTS) tests/run $(TEST_PROGRAMS) $(SCRIPTS)

# Every suite alone, with each allocation failing in turn.
check-memory: oom-programs
	@$(RUN_TESTS) tests/run $(OOM_PROGRAMS)

SANITIZE = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all

check-sanitize:
	@status=0; \
	for cc in gcc clang; do \
		command -v $$cc >/dev/null || { echo "make: check-sanitize needs $$cc" >&2; exit 1; }; \
		echo "$$cc with address and undefined behaviour sanitizers"; \
		$(MAKE) --no-print-directory BUILD=$(BUILD)/asan-$$cc CC=$$cc CFLAGS='$(SANITIZE)' \
			check-sanitized-$$cc || status=1; \
	done; exit $$status

# These do not run the sanitized code.
UNSANITIZED = $(addprefix tests/,header.sh exports.sh generated.sh schema.sh python.sh python_once.sh dist.sh linked.sh \
	completion.sh releasing.sh)

# A test that forks copies the sanitizer's memory and looks for leaks each time: within one process they are looked
# for once, and are found all the same.
RUN_SANITIZED = ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1 \
	UBSAN_OPTIONS=print_stacktrace=1 SLOW_RUN=1 CK_FORK=no CK_TIMEOUT_MULTIPLIER=10 TEST_TIMEOUT=600 $(RUN_TESTS) tests/run

# Every input meets both compilers; what only brings other ways through the same code meets one: the scripts gcc,
# failing allocations clang.
check-sanitized-gcc: all test-programs fuzz-replays $(BUILD)/bench/agree
	@$(RUN_SANITIZED) $(TEST_PROGRAMS) $(filter-out $(UNSANITIZED),$(SCRIPTS))

check-sanitized-clang: all test-programs oom-programs fuzz-replays
	@$(RUN_SANITIZED) $(TEST_PROGRAMS) $(OOM_PROGRAMS) tests/command.sh tests/fuzz_replay.sh

# The suites, and the tests of the command, which find a build/valgrind/sipcause in its place.
# Without the synonym it would replace the allocator that test_load_memory.c defines.
VALGRIND = valgrind --quiet --error-exitcode=99 --leak-check=full \
	--errors-for-leak-kinds=definite,indirect,possible --soname-synonyms=somalloc=nouserintercepts

check-valgrind: all test-programs fuzz-replays
	@command -v valgrind >/dev/null || { echo 'make: check-valgrind needs valgrind' >&2; exit 1; }
	@mkdir -p $(BUILD)/valgrind
	@printf '#!/bin/sh\nexec %s %s "$$@"\n' '$(VALGRIND)' '$(abspath $(BUILD))/sipcause' \
		>$(BUILD)/valgrind/sipcause
	@chmod +x $(BUILD)/valgrind/sipcause
	@SLOW_RUN=1 CK_FORK=no TEST_TIMEOUT=900 $(RUN_TESTS) WRAPPER='$(VALGRIND)' \
		tests/run $(TEST_PROGRAMS) tests/fuzz_replay.sh --build $(BUILD)/valgrind \
		tests/command.sh

# Whether hostile input costs time in proportion to its length, in instructions.
$(BUILD)/linear: $(BUILD)/tests/linear/linear.o $(BUILD)/libsipcause.a $(BUILD)/link
	$(call link,$(YAML_LIBS))

check-linear: $(BUILD)/sipcause $(BUILD)/linear
	@TEST_TIMEOUT=900 $(RUN_TESTS) tests/run tests/linear/linear.sh
	@cat $(BUILD)/logs/linear.sh.log

# A copy of the corpus grows in $(BUILD)/fuzz, and an input that fails is left there:
# build/fuzz/load-crash-... ; FUZZ_SECONDS are those of one target.
FUZZ_CC      ?= clang
FUZZ_BY       = fuzz.sh
FUZZ_SECONDS ?= 60
AFL_CC       ?= afl-clang-fast

fuzz:
	@command -v $(firstword $(FUZZ_CC)) >/dev/null || { echo 'make: fuzz needs $(FUZZ_CC)' >&2; exit 1; }
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/fuzz CC=$(call quote,$(FUZZ_CC)) \
		CFLAGS='$(SANITIZE) -fsanitize=fuzzer-no-link' FUZZ_SECONDS=$(FUZZ_SECONDS) fuzzed

# The same programs, driven by AFL++ in its persistent mode. What is left is in $(BUILD)/afl.
fuzz-afl:
	@command -v $(firstword $(AFL_CC)) >/dev/null || { echo 'make: fuzz-afl needs $(AFL_CC)' >&2; exit 1; }
	@AFL_QUIET=1 $(MAKE) --no-print-directory BUILD=$(BUILD)/afl CC=$(call quote,$(AFL_CC)) CFLAGS='$(SANITIZE)' \
		FUZZ_SECONDS=$(FUZZ_SECONDS) FUZZ_BY=afl.sh fuzzed

fuzzed: $(FUZZ_PROGRAMS) $(FUZZ_SCRIPTS)
	@TEST_TIMEOUT=$$(($(FUZZ_SECONDS) + 600)) FUZZ_SECONDS=$(FUZZ_SECONDS) $(RUN_TESTS) \
		tests/run $(FUZZ_SCRIPTS)

# One for each target, so that each is a test with a name.
$(FUZZ_SCRIPTS): $(BUILD)/fuzz_%.sh: Makefile
	@mkdir -p $(@D)
	@printf '#!/bin/sh\nexec sh "$$SRCDIR/tests/fuzz/$(FUZZ_BY)" %s\n' $* >$@

# ---- Speed -----------------------------------------------------------------------------------

.PHONY: bench bench-instructions bench-instructions-here

# As programs of somebody else's see the library: the public header, the shared library, and libyaml beside it.
BENCH_PARTS  = main limits lookup reason message load growth mapping peers count
BENCH_SHARED = rounds corpus sets answers
BENCH_OBJECTS = $(addprefix $(BUILD)/bench/,$(addsuffix .o,$(BENCH_PARTS) $(BENCH_SHARED) agree allocations))

# Other projects' parsers, where pkg-config finds them: peer_NAME.c is built with what its package says.
BENCH_PACKAGE_osip  = libosip2
BENCH_PACKAGE_sofia = sofia-sip-ua
BENCH_PACKAGE_re    = libre
BENCH_PEERS := $(foreach peer,osip sofia re,$(if $(wildcard bench/peer_$(peer).c),$(shell \
	$(PKG_CONFIG) --exists $(BENCH_PACKAGE_$(peer)) 2>/dev/null && echo $(peer))))
BENCH_PEER_OBJECTS = $(BENCH_PEERS:%=$(BUILD)/bench/peer_%.o)
BENCH_PEER_LIBS = $(foreach peer,$(BENCH_PEERS),$(shell $(PKG_CONFIG) --libs $(BENCH_PACKAGE_$(peer))))
BENCH_PEER_VERSION = $(shell $(PKG_CONFIG) --modversion $(BENCH_PACKAGE_$(1)) 2>/dev/null)

$(BUILD)/bench/peers: FORCE
	$(call stamp,$(BENCH_PEERS))

$(BENCH_OBJECTS): $(BUILD)/bench/%.o: bench/%.c $(BUILD)/flags $(BUILD)/bench/peers
	$(call compile,-D_GNU_SOURCE -Iinclude $(BENCH_PEERS:%=-DBENCH_PEER_%) $(YAML_CFLAGS))

# libosip2 tells its version to pkg-config alone. Their headers are not held to our warnings.
$(BENCH_PEER_OBJECTS): $(BUILD)/bench/peer_%.o: bench/peer_%.c $(BUILD)/flags
	$(call compile,-D_GNU_SOURCE -DLIBOSIP2_VERSION='"$(call BENCH_PEER_VERSION,osip)"' \
		$(patsubst -I%,-isystem %,$(shell $(PKG_CONFIG) --cflags $(BENCH_PACKAGE_$*))))

$(BUILD)/bench/bench: $(addprefix $(BUILD)/bench/,$(addsuffix .o,$(BENCH_PARTS) $(BENCH_SHARED))) $(BENCH_PEER_OBJECTS) \
		$(BUILD)/$(SO_DEV) $(BUILD)/link
	$(call link,-L$(BUILD) -lsipcause $(call quote,-Wl$(comma)-rpath$(comma)$(abspath $(BUILD))) $(BENCH_PEER_LIBS) \
		$(YAML_LIBS) -lm)

$(BUILD)/bench/agree: $(addprefix $(BUILD)/bench/,agree.o answers.o sets.o corpus.o) $(BUILD)/libsipcause.a $(BUILD)/link
	$(call link,$(YAML_LIBS))

$(BUILD)/bench/allocations: $(addprefix $(BUILD)/bench/,allocations.o rounds.o sets.o corpus.o) \
		$(BUILD)/oom/libsipcause.a $(BUILD)/link
	$(call link,$(YAML_LIBS))

# BENCH_ONLY: sections alone, "lookup reason". BENCH_JSON: a file.
bench: $(BUILD)/bench/bench $(BUILD)/bench/allocations $(BUILD)/sipcause
	@$(RUN_TESTS) BENCH_JSON='$(BENCH_JSON)' bench/run.sh $(BENCH_ONLY)

bench-instructions:
	@command -v valgrind >/dev/null || { echo 'make: bench-instructions needs valgrind' >&2; exit 1; }
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/instructions CC=gcc CFLAGS='-O2 -g' CPPFLAGS= LDFLAGS= \
		bench-instructions-here

bench-instructions-here: $(BUILD)/bench/bench
	@$(RUN_TESTS) bench/instructions.sh $(if $(UPDATE),--update) || { test $$? = 77; }

# ---- Showing, generating ---------------------------------------------------------------------

.PHONY: demo generate

demo: $(BUILD)/sipcause
	@SIPCAUSE='$(BUILD)/sipcause' sh examples/demo.sh

generate:
	python3 data/generate.py

# ---- The interface ---------------------------------------------------------------------------

.PHONY: abi check-abi abi-save abi-library symbols

# With the names of types, and nothing that moves things about.
abi-library: need-version
	@$(MAKE) -s --no-print-directory BUILD=$(BUILD)/abi CFLAGS='-g -O0' CPPFLAGS= LDFLAGS= NO_DEFS= \
		$(BUILD)/abi/$(SO_ABI)

ABI_SCRIPT = VERSION='$(VERSION)' CC=$(call quote,$(CC)) abi/abi.sh

abi: abi-library
	@$(ABI_SCRIPT) compare abi $(BUILD)/abi/$(SO_ABI) include/sipcause.h

# The same, and what it takes for an addition.
check-abi: abi
	@$(RUN_TESTS) tests/run tests/abi/changes.sh

abi-save: abi-library
	@UNRELEASED='$(UNRELEASED)' $(ABI_SCRIPT) save abi $(BUILD)/abi/$(SO_ABI) include/sipcause.h

symbols: $(BUILD)/$(SO_ABI)
	@abi/symbols.sh $(BUILD)/$(SO_ABI) $(VERSION) debian/libsipcause$(ABI).symbols

# ---- Installing ------------------------------------------------------------------------------

.PHONY: install uninstall

examplesdir = $(datadir)/sipcause/examples
schemadir   = $(datadir)/sipcause
PROGRAM     = $(if $(filter-out 0,$(SHARED_COMMAND)),$(BUILD)/shared/sipcause,$(BUILD)/sipcause)

# libsipcause.pc follows prefix, when told another. Who found libyaml without pkg-config is linked without.
below = $(patsubst $(1)/%,$${$(2)}/%,$(3))
PC_YAML = $(if $(shell $(PKG_CONFIG) --exists yaml-0.1 2>/dev/null && echo yes),Requires.private: yaml-0.1,Libs.private: $(YAML_LIBS))

install: all $(PROGRAM)
	$(Q)$(INSTALL) -d '$(DESTDIR)$(bindir)' '$(DESTDIR)$(libdir)/pkgconfig' \
		'$(DESTDIR)$(includedir)' '$(DESTDIR)$(examplesdir)/carriers' '$(DESTDIR)$(completionsdir)'
	$(Q)$(INSTALL) -m 644 include/sipcause.h '$(DESTDIR)$(includedir)/'
	$(Q)$(INSTALL) -m 755 $(PROGRAM) '$(DESTDIR)$(bindir)/'
	$(Q)$(INSTALL) -m 644 $(BUILD)/libsipcause.a '$(DESTDIR)$(libdir)/'
	$(Q)$(INSTALL) -m 755 $(BUILD)/$(SO_ABI) '$(DESTDIR)$(libdir)/$(SO_FULL)'
	$(Q)ln -sf $(SO_FULL) '$(DESTDIR)$(libdir)/$(SO_ABI)'
	$(Q)ln -sf $(SO_ABI) '$(DESTDIR)$(libdir)/$(SO_DEV)'
	$(Q)sed -e 's|@prefix@|$(prefix)|' \
		-e 's|@exec_prefix@|$(if $(filter $(prefix),$(exec_prefix)),$${prefix},$(exec_prefix))|' \
		-e 's|@libdir@|$(call below,$(exec_prefix),exec_prefix,$(libdir))|' \
		-e 's|@includedir@|$(call below,$(prefix),prefix,$(includedir))|' \
		-e 's|@VERSION@|$(VERSION)|' -e 's|@YAML@|$(PC_YAML)|' lib/libsipcause.pc.in \
		>'$(DESTDIR)$(libdir)/pkgconfig/libsipcause.pc'
	$(Q)chmod 644 '$(DESTDIR)$(libdir)/pkgconfig/libsipcause.pc'
	$(Q)$(INSTALL) -m 644 data/mapping.schema.json '$(DESTDIR)$(schemadir)/'
	$(Q)$(INSTALL) -m 644 cli/completion.bash '$(DESTDIR)$(completionsdir)/sipcause'
	$(Q)set -e; for page in $(MAN); do \
		dir='$(DESTDIR)$(mandir)'/man$${page##*.}; \
		$(INSTALL) -d "$$dir"; $(INSTALL) -m 644 "$$page" "$$dir/"; \
	done
	$(Q)set -e; for file in $(EXAMPLES); do \
		$(INSTALL) -m 644 "$$file" '$(DESTDIR)$(examplesdir)/'; \
	done
	$(Q)$(INSTALL) -m 644 $(CARRIERS) '$(DESTDIR)$(examplesdir)/carriers/'

# Directories go too, when nothing else is in them: all below DESTDIR, else all below a prefix that is
# our own, else those that are named after us.
uninstall: need-version
	$(Q)rm -f '$(DESTDIR)$(includedir)/sipcause.h' '$(DESTDIR)$(bindir)/sipcause' \
		'$(DESTDIR)$(libdir)/libsipcause.a' '$(DESTDIR)$(libdir)/$(SO_FULL)' \
		'$(DESTDIR)$(libdir)/$(SO_ABI)' '$(DESTDIR)$(libdir)/$(SO_DEV)' \
		'$(DESTDIR)$(libdir)/pkgconfig/libsipcause.pc' \
		'$(DESTDIR)$(schemadir)/mapping.schema.json' '$(DESTDIR)$(completionsdir)/sipcause'
	$(Q)for page in $(MAN); do \
		rm -f '$(DESTDIR)$(mandir)'/man$${page##*.}/"$${page##*/}"; \
	done
	$(Q)for file in $(EXAMPLES); do rm -f '$(DESTDIR)$(examplesdir)'/"$${file##*/}"; done
	$(Q)for file in $(CARRIERS); do rm -f '$(DESTDIR)$(examplesdir)/carriers'/"$${file##*/}"; done
	$(Q)top='$(DESTDIR)'; \
	if [ -z "$$top" ]; then \
		case '$(prefix)' in /usr | /usr/local) top='$(datadir)' ;; *) top='$(prefix)' ;; esac; \
	fi; \
	for dir in '$(examplesdir)/carriers' '$(schemadir)' '$(bindir)' '$(libdir)/pkgconfig' '$(libdir)' \
		'$(includedir)' '$(completionsdir)' $(sort $(foreach page,$(MAN),'$(mandir)/man$(subst .,,$(suffix $(page)))')); do \
		case '$(DESTDIR)'$$dir in "$$top"/*) ;; *) continue ;; esac; \
		if [ "$$top" = '$(datadir)' ]; then case $$dir in */sipcause/* | */sipcause | */bash-completion/*) ;; *) continue ;; esac; fi; \
		below='$(DESTDIR)'$$dir; below=$${below#"$$top"}; \
		while [ "$${below#/}" != "$$below" ]; do below=$${below#/}; done; \
		if [ -d "$$top" ]; then (cd "$$top" && rmdir -p "$$below") 2>/dev/null || :; fi; \
	done; \
	if [ "$$top" = '$(prefix)' ] && [ -d "$$top" ]; then rmdir "$$top" 2>/dev/null || :; fi

# ---- The source archive ----------------------------------------------------------------------

.PHONY: dist distcheck

NAME    = libsipcause-$(VERSION)
ARCHIVE = $(BUILD)/$(NAME).tar.gz

configure: configure.ac
	$(call say,GEN,$@)
	$(Q)autoconf
	$(Q)rm -rf autom4te.cache

# What is committed, dated by its commit and owned by root, with configure added, made of what is
# committed: who has the archive needs no autoconf.
dist: need-version
	@git rev-parse -q --verify HEAD >/dev/null || { echo 'make: dist packs what git has committed' >&2; exit 1; }
	@git diff --quiet HEAD || echo 'make: what is not committed is not in the archive' >&2
	@rm -rf $(BUILD)/dist && mkdir -p $(BUILD)/dist
	$(Q)git archive HEAD configure.ac config.mk.in include/sipcause.h | tar -C $(BUILD)/dist -xf -
	$(Q)cd $(BUILD)/dist && umask 022 && autoconf
	$(Q)git -c tar.umask=0022 archive --format=tar --prefix=$(NAME)/ --add-file=$(BUILD)/dist/configure \
		-o $(BUILD)/dist/$(NAME).tar HEAD
	$(Q)gzip -n -9 -c $(BUILD)/dist/$(NAME).tar >$(ARCHIVE)
	@rm -rf $(BUILD)/dist
	@echo $(ARCHIVE)

# The archive on a machine that has neither autoconf nor Python: configured, checked, installed, uninstalled.
distcheck: dist
	@tests/dist/distcheck.sh $(ARCHIVE) $(BUILD)/distcheck

# ---- The Python package ----------------------------------------------------------------------

.PHONY: wheel sdist

# The standard library of Python does it all; nothing is fetched.
wheel: libraries
	@python3 python/build.py wheel --output '$(BUILD)/python' --library '$(BUILD)/$(SO_ABI)'

sdist:
	@python3 python/build.py sdist --output '$(BUILD)/python'
# ---- The Debian packages ---------------------------------------------------------------------

.PHONY: deb check-deb

# Debian's name of the archive, and debian/ as it is committed: the source package has it in a file of
# its own.
deb: dist
	$(Q)rm -rf $(BUILD)/deb && mkdir -p $(BUILD)/deb
	$(Q)cp $(ARCHIVE) $(BUILD)/deb/libsipcause_$(VERSION).orig.tar.gz
	$(Q)tar -C $(BUILD)/deb -xzf $(ARCHIVE)
	$(Q)git archive --prefix=$(NAME)/debian/ HEAD:debian | tar -C $(BUILD)/deb -xf -
	$(Q)cd $(BUILD)/deb/$(NAME) && unset MAKEFLAGS MFLAGS MAKELEVEL && dpkg-buildpackage -us -uc $(DEB_FLAGS)
	@ls $(BUILD)/deb/*.deb

check-deb: deb
	@TEST_TIMEOUT=1800 $(RUN_TESTS) tests/run tests/deb/lintian.sh tests/deb/hardening.sh tests/deb/install.sh

# ---- A release -------------------------------------------------------------------------------

.PHONY: release-check release-list release-text release-committed

# The checklist is the file: a line a target.
RELEASE_CHECKS = $(shell sed -n 's/^- make \([a-z-]*\):.*/\1/p' RELEASING)

release-check:
	@set -e; for target in $(RELEASE_CHECKS); do \
		echo "=== make $$target"; \
		$(MAKE) --no-print-directory $$target; \
	done; echo "libsipcause $(VERSION) may be released: RELEASING says what is left to do"

release-list:
	@printf '%s\n' $(RELEASE_CHECKS)

release-text:
	@$(RUN_TESTS) tests/release/text.sh

release-committed:
	@$(RUN_TESTS) tests/release/committed.sh

# ---- Cleaning --------------------------------------------------------------------------------

.PHONY: clean distclean

clean:
	$(Q)rm -rf $(BUILD)

distclean: clean
	$(Q)rm -rf config.mk config.log config.status autom4te.cache
