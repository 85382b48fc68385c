/* SPDX-License-Identifier: MIT */
/* Several domains in one output, by check and by batch. */
#include "base/str.h"
#include "program.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ZONE   SOURCE_DIR "/fixtures/demo/yourapp.com.zone"
#define BROKEN "notifications.yourapp.com"

/* What batch is given: a domain, one that is none, another domain. */
static const struct run_manner LINES = {
	.in = STR(BROKEN "\nbad..name\nyourapp.com\n"),
};

static size_t
count(const char *text, const char *part)
{
	size_t found = 0;
	struct str rest = str_of(text);
	ptrdiff_t at;
	while ((at = str_find(rest, str_of(part))) >= 0) {
		found++;
		rest = str_from(rest, (size_t)at + 1);
	}
	return found;
}

Test(several, monitors_get_one_first_line)
{
	const struct run run =
	    RUN("-f", "nagios", "--zone", ZONE, BROKEN, "yourapp.com");
	cr_expect(eq(int, run.code, 2));
	cr_expect(str_starts(
	    str_of(run.out), STR("IVYCHECK CRITICAL: 2 domains, 2 critical")));
	cr_expect(eq(sz, count(run.out, "IVYCHECK"), 1));
}

Test(several, a_metric_is_explained_once)
{
	const struct run run =
	    RUN("-f", "prometheus", "--zone", ZONE, BROKEN, "yourapp.com");
	cr_expect(eq(sz, count(run.out, "# TYPE ivycheck_record_ok"), 1));
	cr_expect(eq(sz, count(run.out, "status=\"action_needed\"} 1"), 2));
}

Test(several, a_page_lists_them)
{
	const struct run run =
	    RUN("-f", "html", "--zone", ZONE, BROKEN, "yourapp.com");
	cr_expect(eq(sz, count(run.out, "<!DOCTYPE"), 1));
	cr_expect(eq(sz, count(run.out, "<tr data-verdict="), 2));
}

Test(several, json_is_a_line_each)
{
	const struct run run =
	    RUN("-f", "json", "--zone", ZONE, BROKEN, "yourapp.com");
	cr_expect(eq(sz, count(run.out, "\n"), 2));
	cr_expect(eq(sz, count(run.out, "{\"schema\":"), 2));
}

/** The number behind the *nth* "answered": of the output. */
static long
answered(const struct run *run, unsigned nth)
{
	const char *at = run->out;
	for (unsigned i = 0; i < nth; i++) {
		at = strstr(at, "\"answered\":");
		cr_assert(at != NULL, "%s", run->out);
		at += strlen("\"answered\":");
	}
	return strtol(at, NULL, 10);
}

Test(several, each_report_counts_its_own_questions)
{
	const struct run_manner twice = {
		.in = STR(BROKEN "\nyourapp.com\n" BROKEN "\n"),
	};
	const struct run run = RUN_AS(&twice, "batch", "--zone", ZONE, "-");
	cr_expect(gt(long, answered(&run, 1), 10));
	/* But for what was kept for all. */
	cr_expect(eq(long, answered(&run, 1), answered(&run, 3)));
}

Test(several, what_two_records_share_is_told_once)
{
	const struct run run =
	    RUN("--zone", SOURCE_DIR "/fixtures/demo/mended.zone", BROKEN);
	cr_expect(eq(sz, count(run.out, "the SPF record of amazonses.com"), 1),
	    "%s", run.out);
}

Test(several, one_record_alone_is_no_one_of_one)
{
	const struct run run =
	    RUN("--zone", ZONE, "--only", "ownership", BROKEN);
	cr_expect(eq(sz, count(run.out, "the one record that was judged"), 1),
	    "%s", run.out);
}

Test(several, batch_tells_metrics_of_what_it_could_read)
{
	const struct run run =
	    RUN_AS(&LINES, "batch", "-f", "prometheus", "--zone", ZONE, "-");
	cr_expect(eq(int, run.code, 2));
	cr_expect(eq(sz, count(run.out, "status=\"action_needed\"} 1"), 2));
	cr_expect(eq(sz, count(run.out, "{\"schema\""), 0));
	cr_expect(gt(sz, count(run.err, "bad..name"), 0));
}

Test(several, batch_writes_a_page_beside_its_lines)
{
	char path[] = "/tmp/ivycheck-page-XXXXXX";
	const int file = mkstemp(path);
	cr_assert(ge(int, file, 0));
	close(file);
	const struct run run =
	    RUN_AS(&LINES, "batch", "--report", path, "--zone", ZONE, "-");
	cr_expect(eq(sz, count(run.out, "\n"), 3));
	FILE *page = fopen(path, "r");
	static char text[1 << 20];
	cr_assert(ne(ptr, page, NULL));
	text[fread(text, 1, sizeof(text) - 1, page)] = '\0';
	fclose(page);
	unlink(path);
	cr_expect(eq(sz, count(text, "<tr data-verdict="), 2));
}

Test(several, quietly_nothing_is_said_of_what_is_right)
{
	static const char *const formats[] = { "text", "json", "markdown",
		"html" };
	const struct run_manner right = { .in = STR(BROKEN "\n") };
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		const struct run check = RUN("-q", "-f", formats[i], "--only",
		    "dmarc", "--zone", ZONE, BROKEN);
		const struct run batch = RUN_AS(&right, "batch", "-q", "-f",
		    formats[i], "--only", "dmarc", "--zone", ZONE);
		cr_expect(eq(int, check.code + batch.code, 0));
		expect_text(check.out, "");
		expect_text(batch.out, "");
		expect_text(batch.err, "");
	}
}

Test(several, quietly_what_is_wrong_is_said)
{
	const struct run run =
	    RUN_AS(&LINES, "batch", "-q", "--only", "spf", "--zone", ZONE);
	cr_expect(eq(int, run.code, 2));
	cr_expect(eq(sz, count(run.out, "\n"), 3));
	expect_text(run.err, "");
}
