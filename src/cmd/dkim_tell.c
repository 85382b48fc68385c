/* SPDX-License-Identifier: MIT */
/* Telling about one DKIM key, for people and as ivycheck/dkim/1. */
#include "cmd/dkim_facts.h"
#include "cmd/sheet.h"

#include "base/arena.h"
#include "cmd/session.h"

/** Something beside the text that keeps a verifier from a key. */
struct obstacle {
	const char *word;
	const char *sentence;
};

static const struct obstacle MISSING = {
	"missing",
	"There is no TXT record at this name.",
};
static const struct obstacle DEAD_END = {
	"no-key",
	"The CNAME at this name leads to where no key is.",
};
static const struct obstacle LOOP = {
	"cname-loop",
	"The CNAMEs from this name lead nowhere.",
};
static const struct obstacle SEVERAL = {
	"several-records",
	"Several TXT records stand there; verifiers need exactly one.",
};
static const struct obstacle UNKNOWN = {
	"not-known",
	"DNS could not be asked.",
};
static const struct obstacle OUTSIDE = {
	"not-known",
	"It lies outside the zone files.",
};

static const struct obstacle *
obstacle_of(const struct dkim_facts *facts)
{
	const struct answer *answer = facts->answer;
	if (!answer) {
		return facts->text.len > 0 ? NULL : &MISSING;
	}
	if (answer->status == ANSWER_FOUND) {
		return answer->rrs_len > 1 ? &SEVERAL : NULL;
	}
	if (answer->status == ANSWER_OUTSIDE) {
		return &OUTSIDE;
	}
	if (answer->status == ANSWER_LOOP) {
		return &LOOP;
	}
	if (answer_failed(answer)) {
		return &UNKNOWN;
	}
	return answer->chain_len > 0 ? &DEAD_END : &MISSING;
}

static bool
is_usable(const struct dkim_facts *facts)
{
	return facts->key && facts->key->usable && !obstacle_of(facts);
}

/** 0 usable, 1 invalid, unusable or none, 3 could not be asked. */
static enum exit_code
code_of(const struct dkim_facts *facts)
{
	const struct obstacle *obstacle = obstacle_of(facts);
	if (obstacle == &UNKNOWN || obstacle == &OUTSIDE) {
		return EXIT_UNKNOWN;
	}
	return is_usable(facts) ? EXIT_READY : EXIT_ACTION;
}

static void
write_error(struct sheet *sheet, const struct dkim_facts *facts,
    const struct obstacle *error, struct span span)
{
	struct writer *to = &sheet->writer;
	jsonout_object(&to->json);
	key_word(to, "problem", error->word);
	key_word(to, "message", error->sentence);
	sheet_key_span(sheet, facts->text, span);
	jsonout_end_object(&to->json);
}

/** The remarks that leave no usable key, or those that do. */
static void
key_remarks(struct sheet *sheet, const char *key,
    const struct dkim_facts *facts, bool errors)
{
	struct jsonout *json = &sheet->writer.json;
	const struct obstacle *obstacle = obstacle_of(facts);
	jsonout_key(json, key);
	jsonout_array(json);
	if (errors && obstacle) {
		write_error(sheet, facts, obstacle, (struct span){ 0, 0 });
	}
	for (size_t i = 0; facts->key && i < facts->key->remarks.len; i++) {
		const struct dkim_remark *remark = &facts->key->remarks.at[i];
		const struct obstacle error = {
			dkim_problem_word(remark->problem),
			dkim_problem_text(remark->problem),
		};
		const bool mild =
		    dkim_problem_weight(remark->problem) == DKIM_MILD;
		if (mild != errors) {
			write_error(sheet, facts, &error, remark->span);
		}
	}
	jsonout_end_array(json);
}

static void
key_words(struct sheet *sheet, const char *key, const struct dkim_words *words)
{
	key_raws(&sheet->writer, key, words->at, words->len);
}

static void
tell_json(struct sheet *sheet, const struct dkim_facts *facts)
{
	static const struct dkim_key none = { .bits = 0 };
	struct writer *to = &sheet->writer;
	const struct dkim_key *key = facts->key ? facts->key : &none;
	jsonout_object(&to->json);
	key_word(to, "schema", "ivycheck/dkim/1");
	key_text_or_null(to, "name",
	    name_is_set(facts->name)
		? name_text(sheet->session->arena, facts->name)
		: (struct str){ 0 });
	jsonout_key(&to->json, "record");
	write_raw_or_null(to, facts->text);
	key_bool(to, "valid", key->valid && !obstacle_of(facts));
	key_bool(to, "usable", is_usable(facts));
	jsonout_key(&to->json, "version");
	write_raw_or_null(to, key->version);
	jsonout_key(&to->json, "key_type");
	write_raw_or_null(to, key->type_text);
	key_number_or_null(
	    to, "key_bits", key->bits > 0 ? (int64_t)key->bits : -1);
	key_words(sheet, "hashes", &key->hashes);
	key_words(sheet, "services", &key->services);
	key_words(sheet, "flags", &key->flags);
	key_bool(to, "revoked", key->revoked);
	key_bool(to, "testing", key->testing);
	key_remarks(sheet, "errors", facts, true);
	key_remarks(sheet, "warnings", facts, false);
	jsonout_end_object(&to->json);
}

/** "RSA, 2048 bits". */
static struct str
kind_words(const struct sheet *sheet, const struct dkim_key *key)
{
	static const char *const names[] = {
		[DKIM_TYPE_RSA] = "RSA",
		[DKIM_TYPE_ED25519] = "ed25519",
		[DKIM_TYPE_UNKNOWN] = "unknown",
	};
	if (key->revoked) {
		return STR("revoked");
	}
	if (key->bits == 0) {
		return str_print(sheet->session->arena, "%s, not readable",
		    names[key->type]);
	}
	return str_print(
	    sheet->session->arena, "%s, %u bits", names[key->type], key->bits);
}

/** The words of a list with commas between them; *otherwise* if none. */
static struct str
list_words(
    struct sheet *sheet, const struct dkim_words *words, const char *otherwise)
{
	struct buf to = buf_new(sheet->session->arena);
	const struct str *word;
	buf_adds(&to, words->len > 0 ? "" : otherwise);
	vec_foreach(word, words) {
		buf_adds(&to, to.len > 0 ? ", " : "");
		buf_add(&to, *word);
	}
	return buf_str(&to);
}

static void
tell_headline(struct sheet *sheet, const struct dkim_facts *facts)
{
	struct arena *arena = sheet->session->arena;
	const struct obstacle *obstacle = obstacle_of(facts);
	const bool unknown = obstacle == &UNKNOWN || obstacle == &OUTSIDE;
	const struct str subject = name_is_set(facts->name)
				       ? name_text(arena, facts->name)
				       : STR("This record");
	struct str rest = STR("no usable key");
	if (is_usable(facts)) {
		rest = str_print(arena, "a usable key (%.*s)",
		    STR_ARG(kind_words(sheet, facts->key)));
	} else if (unknown) {
		rest = STR("not known");
	}
	sheet_headline(sheet,
	    is_usable(facts) ? MARK_OK
	    : unknown        ? MARK_UNKNOWN
			     : MARK_FAIL,
	    str_print(arena, "%.*s: %.*s", STR_ARG(subject), STR_ARG(rest)));
}

static void
tell_record(struct sheet *sheet, const struct dkim_facts *facts)
{
	const struct dkim_key *key = facts->key;
	const struct answer *answer = facts->answer;
	for (size_t i = 0; answer && i < answer->chain_len; i++) {
		sheet_field(sheet, "CNAME to",
		    name_text(
			sheet->session->arena, answer->chain[i].rdata.target));
	}
	if (!key) {
		return;
	}
	sheet_raw(sheet, "record", facts->text);
	sheet_field(sheet, "key", kind_words(sheet, key));
	sheet_raw(sheet, "hashes", list_words(sheet, &key->hashes, "any"));
	sheet_raw(sheet, "services", list_words(sheet, &key->services, "any"));
	sheet_raw(sheet, "flags", list_words(sheet, &key->flags, "none"));
}

static void
tell_remarks(struct sheet *sheet, const struct dkim_facts *facts)
{
	const struct obstacle *obstacle = obstacle_of(facts);
	if (!obstacle && facts->key->remarks.len == 0) {
		return;
	}
	sheet_heading(sheet, "Remarks");
	if (obstacle) {
		sheet_remark(sheet,
		    code_of(facts) == EXIT_UNKNOWN ? MARK_UNKNOWN : MARK_FAIL,
		    str_of(obstacle->sentence));
	}
	for (size_t i = 0; facts->key && i < facts->key->remarks.len; i++) {
		const struct dkim_remark *remark = &facts->key->remarks.at[i];
		const bool mild =
		    dkim_problem_weight(remark->problem) == DKIM_MILD;
		sheet_remark(sheet, mild ? MARK_WARN : MARK_FAIL,
		    str_of(dkim_problem_text(remark->problem)));
		sheet_part(sheet, facts->text, remark->span);
	}
}

enum exit_code
dkim_tell(struct session *session, struct dkim_facts *facts)
{
	struct sheet sheet;
	const bool found =
	    !facts->answer || facts->answer->status == ANSWER_FOUND;
	if (found) {
		facts->key = dkim_key_parse(session->arena, facts->text);
	}
	const enum exit_code code = code_of(facts);
	sheet_open(session, &sheet);
	if (sheet_is_json(&sheet)) {
		tell_json(&sheet, facts);
	} else if (!session->manner.quiet || code != EXIT_READY) {
		tell_headline(&sheet, facts);
		tell_record(&sheet, facts);
		tell_remarks(&sheet, facts);
	}
	return sheet_write(&sheet, code);
}
