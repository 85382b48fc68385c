/* SPDX-License-Identifier: MIT */
/* The program under the name of a monitoring plugin. */
#include "base/str.h"
#include "program.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

#define ZONE   SOURCE_DIR "/fixtures/demo/yourapp.com.zone"
#define DOMAIN "notifications.yourapp.com"

#define SOFT_ZONE                 \
	"$ORIGIN shop.example.\n" \
	"@ 300 TXT \"v=spf1 include:amazonses.com ?all\"\n"

static const struct run_manner PLUGIN = {
	.name = "/usr/lib/nagios/plugins/check_ivycheck",
};

#define CHECK(...) RUN_AS(&PLUGIN, __VA_ARGS__)

/** Expects state and exit code, and a first line as monitors want it. */
static void
expect_state(const struct run *run, int code, const char *start)
{
	const struct str out = str_of(run->out);
	struct str rest = out;
	struct str first;
	cr_expect(eq(int, run->code, code), "%s", run->out);
	cr_expect(str_starts(out, str_of(start)), "%s", run->out);
	cr_assert(str_split(&rest, '\n', &first));
	const ptrdiff_t bar = str_index(first, '|');
	cr_expect(lt(sz, bar < 0 ? first.len : (size_t)bar, 80));
	cr_expect(lt(long, str_index(rest, '|'), 0), "%s", run->out);
	expect_text(run->err, "");
}

Test(plugin, what_a_person_must_change_is_critical)
{
	const struct run run = CHECK("-H", DOMAIN, "--zone", ZONE);
	expect_state(&run, 2, "IVYCHECK CRITICAL: " DOMAIN " ");
	cr_expect(
	    strstr(run.out, " | 'errors'=1;;0;0 ") != NULL, "%s", run.out);
}

Test(plugin, what_is_right_is_ok)
{
	const struct run run =
	    CHECK("-H" DOMAIN, "--zone", ZONE, "--only", "dmarc");
	expect_state(&run, 0, "IVYCHECK OK: " DOMAIN " ");
}

Test(plugin, errors_that_are_allowed_are_a_warning)
{
	static const struct {
		const char *range;
		int code;
	} rows[] = { { "0", 2 }, { "1", 1 }, { "1:1", 1 }, { "@1", 2 },
		{ "~:5", 1 }, { "2:", 2 } };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct run run = CHECK("--hostname=" DOMAIN, "--zone",
		    ZONE, "--only", "spf", "-c", rows[i].range);
		cr_expect(eq(int, run.code, rows[i].code), "%s", rows[i].range);
	}
}

Test(plugin, warnings_alert_only_where_that_is_asked_for)
{
	const struct run_manner manner = { .name = "check_ivycheck",
		.in = STR(SOFT_ZONE) };
	const struct run quiet = RUN_AS(
	    &manner, "-H", "shop.example", "--zone", "-", "--only", "spf");
	expect_state(&quiet, 0, "IVYCHECK OK");
	cr_expect(
	    strstr(quiet.out, "'warnings'=1;;;0") != NULL, "%s", quiet.out);
	const struct run alert = RUN_AS(&manner, "-H", "shop.example", "--zone",
	    "-", "--only", "spf", "-w", "0");
	expect_state(&alert, 1, "IVYCHECK WARNING");
	cr_expect(
	    strstr(alert.out, "'warnings'=1;0;;0") != NULL, "%s", alert.out);
}

Test(plugin, what_is_wrong_with_the_call_is_unknown)
{
	static const struct {
		const char *first;
		const char *second;
		const char *said;
	} rows[] = {
		{ "-H", NULL, "-H needs a value" },
		{ "-q", NULL, "which domain?" },
		{ "-w", "many", "\"many\" (-w) is not a range" },
		{ "-c", "5:1", "\"5:1\" (-c) is not a range" },
		{ "-t", "soon", "soon" },
		{ "--bogus", NULL, "--bogus" },
		{ "-H", "192.0.2.1", "IP address" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct run run = CHECK(rows[i].first, rows[i].second);
		expect_state(&run, 3, "IVYCHECK UNKNOWN: ");
		cr_expect(strstr(run.out, rows[i].said) != NULL, "%s", run.out);
	}
}

Test(plugin, a_long_message_does_not_make_a_long_line)
{
	static const char path[] = "/nonexistent/folder/of/a/very/long/name/"
				   "with|a|bar/and/more/of/it/list.json";
	const struct run run = CHECK("-H", DOMAIN, "-e", path);
	expect_state(&run, 3, "IVYCHECK UNKNOWN: cannot read /nonexistent");
	cr_expect(
	    strstr(run.out, "list.json: No such file") != NULL, "%s", run.out);
}

Test(plugin, the_evidence_comes_with_v)
{
	const struct run plain = CHECK("-H", DOMAIN, "--zone", ZONE);
	const struct run more = CHECK("-H", DOMAIN, "--zone", ZONE, "-v");
	const struct run most = CHECK("-H", DOMAIN, "--zone", ZONE, "-vvv");
	expect_state(&more, 2, "IVYCHECK CRITICAL");
	expect_state(&most, 2, "IVYCHECK CRITICAL");
	cr_expect(gt(sz, more.out_len, plain.out_len));
	cr_expect(ge(sz, most.out_len, more.out_len));
}

Test(plugin, it_tells_what_it_is)
{
	const struct run version = CHECK("-V");
	expect_state(&version, 3, "check_ivycheck " PACKAGE_VERSION "\n");
	const struct run help = CHECK("--help");
	cr_expect(eq(int, help.code, 3));
	cr_expect(strstr(help.out, "-H, --hostname") != NULL);
}
