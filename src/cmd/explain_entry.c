/* SPDX-License-Identifier: MIT */
/*
 * The catalogue's templates filled without a finding: with words in the
 * place of what a report would name.
 */
#include "cmd/explain_entry.h"

#include "base/arena.h"
#include "base/buf.h"
#include "cmd/embedded.h"
#include "cmd/explain_panels.h"
#include "findings/finding.h"
#include "findings/template.h"

#include <assert.h>

/** How the records of a family are told without knowing one. */
struct kin {
	const char *family;
	const char *record;
	const char *type;
	const char *name;
	const char *host;
};

struct words_row {
	const char *code;
	const char *key;
	const char *text;
};

static const struct words_row WORDS_ROWS[] = {
#define WORDS(code, key, text) { (code), (key), (text) },
#include "cmd/explain_words.def"
#undef WORDS
};

struct dig_row {
	const char *code;
	const char *command;
};

static const struct dig_row DIGS[] = {
#define DIG(code, command) { (code), (command) },
#include "cmd/explain_digs.def"
#undef DIG
};

static const struct kin KINS[] = {
#define FAMILY(family, record, type, name, host) \
	{ (family), (record), (type), (name), (host) },
#define OUTSIDE FAMILY
#include "findings/families.def"
};

static struct kin
kin_of(const char *family)
{
	for (size_t i = 0; i < sizeof(KINS) / sizeof(*KINS); i++) {
		if (str_eq(str_of(KINS[i].family), str_of(family))) {
			return KINS[i];
		}
	}
	return (struct kin){ "", "the domain", "SOA", "DOMAIN", "@" };
}

/** What stands for the argument *key* of *row*. */
static struct str
words_for(const struct catalog_row *row, struct str key)
{
	const struct words_row *usual = NULL;
	const size_t len = sizeof(WORDS_ROWS) / sizeof(*WORDS_ROWS);
	for (size_t i = 0; i < len; i++) {
		const struct words_row *words = &WORDS_ROWS[i];
		if (!str_eq(key, str_of(words->key))) {
			continue;
		}
		if (str_eq(str_of(words->code), str_of(row->code))) {
			return str_of(words->text);
		}
		if (*words->code == '\0') {
			usual = words;
		}
	}
	assert(usual);
	return str_of(usual->text);
}

/** What stands for *key*: by the family, else by the table of words. */
static struct str
value_of(const struct entry *entry, struct str key)
{
	const struct kin kin = kin_of(entry->code.family);
	const struct {
		const char *key;
		const char *value;
	} own[] = {
		{ "record", kin.record },
		{ "type", kin.type },
		{ "name", kin.name },
		{ "host", kin.host },
	};
	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++) {
		if (str_eq(str_of(own[i].key), key)) {
			return str_of(own[i].value);
		}
	}
	return words_for(entry->row, key);
}

/** Sets an argument of *blank* for every key in *template*. */
static void
args_set(struct arena *arena, const struct entry *entry, const char *template,
    struct finding *blank)
{
	struct str rest = str_of(template);
	struct template_place place;
	while (template_next(&rest, &place)) {
		const struct finding_arg arg = { str_z(arena, place.key),
			value_of(entry, place.key) };
		vec_push(arena, &blank->args, arg);
	}
}

/** *text* as the beginning of a sentence. */
static struct str
sentence(struct arena *arena, struct str text)
{
	const char first = *text.at;
	assert(first >= 'a' && first <= 'z');
	return str_print(
	    arena, "%c%.*s", first - 'a' + 'A', STR_ARG(str_from(text, 1)));
}

/**
 * Fills *template*. What begins with words of our own still begins a
 * sentence; names stay as they are.
 */
static struct str
fill(struct arena *arena, const struct entry *entry, const char *template)
{
	struct finding blank = { .arena = arena };
	args_set(arena, entry, template, &blank);
	const struct str text = template_fill(arena, template, &blank, NULL, 0);
	const bool begins = *template == '{' &&
			    !str_starts(str_of(template), STR("{name}")) &&
			    text.len > 0 && *text.at >= 'a' && *text.at <= 'z';
	return begins ? sentence(arena, text) : text;
}

static void
digs_fill(struct arena *arena, struct entry *entry)
{
	const char *code = entry->row->code;
	for (size_t i = 0; i < sizeof(DIGS) / sizeof(*DIGS); i++) {
		if (!str_eq(str_of(DIGS[i].code), str_of(code))) {
			continue;
		}
		vec_push(
		    arena, &entry->digs, fill(arena, entry, DIGS[i].command));
	}
	if (entry->digs.len == 0) {
		vec_push(
		    arena, &entry->digs, fill(arena, entry, DIGS[0].command));
	}
}

/** More about it, of a file of its own, or of that of its generic row. */
static struct str
text_find(struct arena *arena, const struct entry *entry)
{
	struct str text = STR("");
	const struct str own =
	    str_print(arena, "%.*s.md", STR_ARG(entry->code.text));
	const struct str generic = str_print(arena, "%s.md", entry->row->code);
	if (!embedded_find(STR("findings"), own, &text)) {
		(void)embedded_find(STR("findings"), generic, &text);
	}
	return text;
}

struct entry
entry_make(struct arena *arena, const struct code *code)
{
	struct entry entry = {
		.code = *code,
		.row = catalog_row(code->row),
		.issue = catalog_issue(code->row, code->family),
	};
	assert(arena);
	entry.title = fill(arena, &entry, entry.row->title);
	entry.meaning = fill(arena, &entry, entry.row->detail);
	entry.fix = fill(arena, &entry, entry.row->fix);
	entry.text = text_find(arena, &entry);
	entry.panels = explain_panels(arena, code);
	digs_fill(arena, &entry);
	return entry;
}
