# SPDX-License-Identifier: MIT
# Targets for those who change the program; none is needed to build it. What
# has to be built in another way is built in a folder of its own below the
# build folder.

.PHONY: check-sanitize check-valgrind check-long lint format format-check \
	coverage bench fuzz record

CODE = find $(top_srcdir)/src $(top_srcdir)/tests -name '*.[ch]'
CONFIGURE = { test -f Makefile || $(abs_top_srcdir)/configure -q

# The whole suite with the address, undefined behaviour and leak sanitizers.
check-sanitize:
	$(MKDIR_P) sanitize
	cd sanitize && $(CONFIGURE) --enable-sanitizers; }
	$(MAKE) -C sanitize check

# The unit tests, each a process of its own; what valgrind has to say of any
# of them fails, also when it comes after the verdict of the test.
check-valgrind: unit
	rm -rf valgrind && $(MKDIR_P) valgrind
	valgrind -q --trace-children=yes --leak-check=full \
	    --errors-for-leak-kinds=definite --log-file=valgrind/%p \
	    --suppressions=$(top_srcdir)/tests/valgrind.supp ./unit
	! find valgrind -type f -size +0 -exec cat {} + | grep .

# The tests that draw by chance, with many more draws.
check-long:
	IVYCHECK_TEST_LONG=1 $(MAKE) check

# The programs in tests/lint run in "make check" too. Sources and pages that
# are made are looked at as well.
lint: all
	status=0; $(MAKE) format-check || status=1; \
	for program in $(LINTS); do \
	    $(PYTHON3) $(top_srcdir)/$$program || status=1; done; \
	find $(top_srcdir)/src -name '*.c' | xargs -P 2 -I FILE \
	    clang-tidy --quiet FILE -- $(AM_CPPFLAGS) -I. -D_GNU_SOURCE \
	    $(libivycheck_a_CFLAGS) || status=1; \
	exit $$status

format:
	$(CODE) -exec clang-format -i {} +

format-check:
	$(CODE) -exec clang-format --dry-run -Werror {} +

# Which lines the tests reach: file by file, the least covered first.
coverage:
	$(MKDIR_P) coverage
	cd coverage && $(CONFIGURE) CFLAGS='-O0 -g --coverage'; }
	find coverage -name '*.gcda' -exec rm -f {} +
	$(MAKE) -C coverage check
	cd coverage && find src -name '*.gcda' -exec gcov -n -r \
	    -s $(abs_top_srcdir) {} + | $(AWK) -F "[':% ]+" \
	    '/^File/ { file = $$2 } \
	     /^Lines/ && file ~ /^src/ { printf "%6.1f %% of %5d  %s\n", \
	         $$3, $$5, file; all += $$5; hit += $$3 * $$5 / 100 } \
	     /^Lines/ { file = "" } \
	     END { printf "%6.1f %% of %5d  all\n", 100 * hit / all, all }' | \
	    sort -n -u

# How long a run takes; figures, no judgement.
bench: figures bench_spf bench_engine bench_measure ivycheck
	./bench_spf
	./figures -j1

# make fuzz TARGET=spf [SECONDS=60]: libFuzzer on tests/fuzz_spf.c, from the
# corpus in fixtures/corpus/spf; what it finds new stays in fuzz/spf.
SECONDS = 60
fuzz:
	test -n "$(TARGET)" || { echo "say TARGET=, one of:" \
	    `cd $(top_srcdir)/tests && ls fuzz_*.c | \
	    sed 's/fuzz_//;s/\.c//'`; exit 2; }
	$(MKDIR_P) fuzz/$(TARGET)
	cd fuzz && $(CONFIGURE) --enable-sanitizers CC=clang \
	    CFLAGS='-g -O2 -fsanitize=fuzzer-no-link'; }
	$(MAKE) -C fuzz libivycheck.a fuzz-link TARGET=$(TARGET)
	cd fuzz && ./fuzz_$(TARGET) -max_total_time=$(SECONDS) $(TARGET) \
	    `ls -d $(abs_top_srcdir)/fixtures/corpus/$(TARGET) 2>/dev/null`

# What targets share; those that need none of it are as well off with it.
FUZZ_PARTS = fuzzing byte_rows byte_source right_domain shuffled_source
fuzz-link:
	$(CC) $(TEST_CPPFLAGS) $(CPPFLAGS) -I. $(libivycheck_a_CFLAGS) \
	    $(CFLAGS) -Wno-missing-prototypes -fsanitize=fuzzer \
	    $(AM_LDFLAGS) -o fuzz_$(TARGET) \
	    $(top_srcdir)/tests/fuzz_$(TARGET).c \
	    $(FUZZ_PARTS:%=$(top_srcdir)/tests/%.c) $(IVYCHECK_LIBS) $(LIBS)

# Rewrites the recorded outputs; "git diff" is then the review.
record:
	IVYCHECK_RECORD=1 $(MAKE) check

clean-local:
	rm -rf sanitize coverage fuzz valgrind
