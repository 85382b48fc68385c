/* SPDX-License-Identifier: MIT */
/* The JSON report: its keys in their order, and what DNS cannot do to it. */
#include "base/arena.h"
#include "base/buf.h"
#include "golden.h"
#include "report/format.h"
#include "report_samples.h"
#include "text/patterns.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <jansson.h>
#include <string.h>

static struct arena *arena;
static struct patterns *patterns;

static void
setup(void)
{
	arena = arena_new();
	patterns = patterns_new();
}

static void
teardown(void)
{
	patterns_free(&patterns);
	arena_free(&arena);
}

TestSuite(render_json, .init = setup, .fini = teardown);

static struct str
rendered(const struct report *report, bool compact)
{
	const struct manner manner = {
		.patterns = patterns,
		.compact = compact,
		.width = 80,
	};
	struct buf to = buf_new(arena);
	render_json(report, &manner, &to);
	return buf_str(&to);
}

static json_t *
parsed(const struct report *report)
{
	const struct str text = rendered(report, false);
	json_error_t error;
	json_t *root =
	    json_loadb(text.at, text.len, JSON_REJECT_DUPLICATES, &error);
	cr_assert(ne(ptr, root, NULL), "line %d: %s", error.line, error.text);
	return root;
}

/** Asserts that *object* has the keys of *want* ("a b c"), in this order. */
static void
expect_keys(json_t *object, const char *want)
{
	struct buf got = buf_new(arena);
	const char *key;
	json_t *value;
	buf_adds(&got, "");
	json_object_foreach(object, key, value)
	{
		buf_addf(&got, "%s%s", got.len ? " " : "", key);
	}
	cr_expect(eq(str, got.at, (char *)want));
}

static void
expect_keys_of_each(json_t *array, const char *want)
{
	size_t i;
	json_t *item;
	cr_expect(gt(sz, json_array_size(array), 0), "%s", want);
	json_array_foreach(array, i, item)
	{
		expect_keys(item, want);
	}
}

static void
expect_null(json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);
	cr_assert(ne(ptr, value, NULL), "%s", key);
	cr_expect(eq(int, json_typeof(value), JSON_NULL), "%s", key);
}

Test(render_json, the_keys_stand_in_the_order_of_the_schema)
{
	json_t *root = parsed(sample_action(arena));
	expect_keys(root,
	    "schema tool domain generated_at source verdict predicted_status "
	    "summary waiting_helps retry_after_seconds records findings "
	    "issues plan plan_proven zone propagation spf dmarc not_checked "
	    "queries");
	expect_keys(json_object_get(root, "tool"), "name version");
	expect_keys(json_object_get(root, "source"), "kind resolvers");
	expect_keys_of_each(json_object_get(root, "records"),
	    "id type name host expected found status blocking ttl findings");
	expect_keys_of_each(json_object_get(root, "issues"),
	    "id issue solution state findings");
	expect_keys_of_each(
	    json_object_get(root, "plan"), "op type name host value priority");
	expect_keys_of_each(json_object_get(root, "findings"),
	    "code severity record issue title detail waiting_helps args "
	    "evidence fix");
	json_decref(root);
}

Test(render_json, so_do_those_of_what_was_learned)
{
	json_t *root = parsed(sample_action(arena));
	json_t *zone = json_object_get(root, "zone");
	json_t *propagation = json_object_get(root, "propagation");
	expect_keys(zone,
	    "apex provider nameservers serials_agree dnssec negative_ttl");
	expect_keys(json_object_get(zone, "provider"), "id name confidence");
	expect_keys_of_each(
	    json_object_get(zone, "nameservers"), "name addresses state");
	expect_keys(propagation, "servers visible_by");
	expect_keys_of_each(
	    json_object_get(propagation, "servers"), "server kind answers");
	expect_keys(
	    json_object_get(root, "spf"), "record lookups void_lookups tree");
	expect_keys(json_object_get(root, "dmarc"), "record found_at policy");
	expect_keys(json_object_get(root, "queries"),
	    "sent answered retried tcp cached elapsed_ms");
	json_decref(root);
}

Test(render_json, optional_keys_are_there_when_there_is_something)
{
	struct report *report = sample_unknown(arena);
	report->source_kind = "zone";
	vec_push(arena, &report->zone_files, STR("x.zone"));
	json_t *root = parsed(report);
	cr_expect(ne(ptr, json_object_get(root, "input"), NULL));
	expect_keys(
	    json_object_get(root, "source"), "kind resolvers zone_files");
	expect_keys_of_each(
	    json_object_get(root, "not_checked"), "what why option");
	json_decref(root);
}

Test(render_json, what_is_not_known_is_null)
{
	json_t *root = parsed(sample_unknown(arena));
	json_t *dkim = json_array_get(json_object_get(root, "records"), 2);
	expect_null(dkim, "name");
	expect_null(dkim, "host");
	expect_null(dkim, "expected");
	expect_null(dkim, "ttl");
	expect_null(root, "plan_proven");
	expect_null(json_object_get(root, "zone"), "provider");
	expect_null(json_object_get(root, "propagation"), "visible_by");
	json_decref(root);
}

Test(render_json, a_span_counts_code_points_of_the_shown_value)
{
	struct report *report = sample_base(arena);
	const struct sample_words words = { "t", "d", NULL, NULL };
	struct finding *finding = sample_finding(
	    arena, report, FINDING_DMARC_SYNTAX_ERROR, 5, &words);
	/* One control character and one letter of two bytes in front. */
	sample_evidence(finding, RRTYPE_TXT, "a", STR("\x01\xc3\xa9xy"),
	    (struct span){ 3, 4 });
	json_t *root = parsed(report);
	json_t *json = json_array_get(json_object_get(root, "findings"), 0);
	json_t *span = json_object_get(
	    json_array_get(json_object_get(json, "evidence"), 0), "span");
	cr_expect(eq(i64, json_integer_value(json_array_get(span, 0)), 5));
	cr_expect(eq(i64, json_integer_value(json_array_get(span, 1)), 6));
	json_decref(root);
}

Test(render_json, nothing_but_printable_text_comes_out)
{
	const struct str text = rendered(sample_hostile(arena), true);
	for (size_t i = 0; i + 1 < text.len; i++) {
		const unsigned char c = (unsigned char)text.at[i];
		cr_assert(c >= 0x20 && c < 0x7f, "byte %zu is %u", i, c);
	}
}

Test(render_json, compact_is_the_same_in_one_line)
{
	for (const struct sample *sample = SAMPLES; sample->name; sample++) {
		struct report *report = sample->make(arena);
		const struct str text = rendered(report, true);
		cr_expect(eq(sz, (size_t)str_index(text, '\n') + 1, text.len));
		json_t *one = json_loadb(text.at, text.len, 0, NULL);
		json_t *other = parsed(report);
		cr_expect(json_equal(one, other), "%s", sample->name);
		json_decref(one);
		json_decref(other);
	}
}

Test(render_json, recorded)
{
	for (const struct sample *sample = SAMPLES; sample->name; sample++) {
		expect_golden(
		    sample->name, "json", rendered(sample->make(arena), false));
	}
}
