/* SPDX-License-Identifier: MIT */
/*
 * ivycheck explain [CODE]: what a finding means, without looking at any
 * domain; a list of all, or of those that begin with something.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/jsonout.h"
#include "cli/options.h"
#include "cmd/codes.h"
#include "cmd/command.h"
#include "cmd/explain_entry.h"
#include "cmd/paragraph.h"
#include "cmd/prose.h"
#include "cmd/session.h"
#include "diagnosis/providers.h"

#include <assert.h>

enum {
	CODE_COLUMN = 34, /* where titles begin in the list */
};

/** An answer of this command on its way. */
struct telling {
	struct session *session;
	struct buf to;
	struct prose_manner manner;
};

static void
add_section(struct telling *telling, const char *heading, struct str prose)
{
	if (prose.len > 0) {
		prose_heading(&telling->to, &telling->manner, str_of(heading));
		prose_paragraph(&telling->to, &telling->manner, prose);
	}
}

/** "error; waiting does not help". */
static struct str
kind_of(const struct telling *telling, const struct entry *entry)
{
	return str_print(telling->session->arena, "%s; waiting %s",
	    severity_text(entry->row->severity),
	    entry->row->waiting_helps ? "helps" : "does not help");
}

static void
add_issue(struct telling *telling, const struct entry *entry)
{
	if (entry->issue == ISSUE_NONE) {
		return;
	}
	const struct issue_row *row = catalog_issue_row(entry->issue);
	add_section(telling, "In IvyMail's troubleshooting",
	    str_print(
		telling->session->arena, "%s: %s", row->issue, row->solution));
}

/** Adds a section of *lines*, each as it is or, if *filled*, as an item. */
static void
add_lines(struct telling *telling, const char *heading,
    const struct words *lines, bool filled)
{
	const struct str *line;
	if (lines->len == 0) {
		return;
	}
	prose_heading(&telling->to, &telling->manner, str_of(heading));
	vec_foreach(line, lines) {
		if (filled) {
			prose_item(&telling->to, &telling->manner, *line);
		} else {
			buf_addf(&telling->to, "  %.*s\n", STR_ARG(*line));
		}
	}
}

static void
tell_text(struct telling *telling, const struct entry *entry)
{
	const char *bold = telling->manner.color ? "\033[1m" : "";
	const char *plain = telling->manner.color ? "\033[0m" : "";
	const struct str kind = kind_of(telling, entry);
	buf_addf(
	    &telling->to, "%s%.*s%s\n", bold, STR_ARG(entry->code.text), plain);
	prose_paragraph(&telling->to, &telling->manner, entry->title);
	prose_paragraph(&telling->to, &telling->manner, kind);
	add_section(telling, "What it means", entry->meaning);
	add_section(telling, "What to do", entry->fix);
	add_lines(telling, "At known DNS hosts, as of " PROVIDERS_DATE,
	    &entry->panels, true);
	add_issue(telling, entry);
	prose_markdown(&telling->to, &telling->manner, entry->text);
	add_lines(telling, "How to see it yourself", &entry->digs, false);
	add_section(
	    telling, "Where it is written", str_of(entry->row->reference));
}

static void
member(struct jsonout *json, const char *key, struct str text)
{
	jsonout_key(json, key);
	jsonout_text_or_null(json, text);
}

static void
tell_object(struct jsonout *json, const struct entry *entry)
{
	const bool has_issue = entry->issue != ISSUE_NONE;
	const struct str *line;
	jsonout_object(json);
	member(json, "code", entry->code.text);
	member(json, "severity", str_of(severity_text(entry->row->severity)));
	member(json, "family", str_of(entry->code.family));
	member(json, "status", str_of(record_status_text(entry->row->status)));
	member(json, "issue",
	    has_issue ? str_of(catalog_issue_row(entry->issue)->id) : STR(""));
	jsonout_key(json, "waiting_helps");
	jsonout_bool(json, entry->row->waiting_helps);
	member(json, "title", entry->title);
	member(json, "meaning", entry->meaning);
	member(json, "fix", entry->fix);
	jsonout_key(json, "dig");
	jsonout_array(json);
	vec_foreach(line, &entry->digs) {
		jsonout_text(json, *line);
	}
	jsonout_end_array(json);
	jsonout_key(json, "providers");
	jsonout_array(json);
	vec_foreach(line, &entry->panels) {
		jsonout_text(json, *line);
	}
	jsonout_end_array(json);
	member(json, "text", entry->text);
	member(json, "reference", str_of(entry->row->reference));
	jsonout_end_object(json);
}

static void
tell_json(struct telling *telling, const struct codes *codes)
{
	struct jsonout json = jsonout_new(&telling->to, false);
	const struct code *code;
	jsonout_object(&json);
	member(&json, "schema", STR("ivycheck/explain/1"));
	jsonout_key(&json, "findings");
	jsonout_array(&json);
	vec_foreach(code, codes) {
		const struct entry entry =
		    entry_make(telling->session->arena, code);
		tell_object(&json, &entry);
	}
	jsonout_end_array(&json);
	jsonout_end_object(&json);
	buf_addc(&telling->to, '\n');
}

/** One line a code; with -q the codes alone, for programs. */
static void
tell_list(struct telling *telling, const struct codes *codes)
{
	const struct code *code;
	vec_foreach(code, codes) {
		buf_add(&telling->to, code->text);
		if (telling->session->options->quiet) {
			buf_addc(&telling->to, '\n');
			continue;
		}
		const struct entry entry =
		    entry_make(telling->session->arena, code);
		const size_t column = code->text.len < CODE_COLUMN
					  ? CODE_COLUMN
					  : code->text.len + 1;
		buf_fill(&telling->to, ' ', column - code->text.len);
		paragraph(&telling->to, entry.title, column, CODE_COLUMN,
		    telling->manner.width);
	}
}

/** The codes that were asked for: a family ("dkim") is all of its codes. */
static struct codes
codes_wanted(struct arena *arena, const struct words *arguments)
{
	if (arguments->len == 0) {
		return codes_all(arena);
	}
	const struct str wanted = str_lower(arena, arguments->at[0]);
	const struct codes found = codes_find(arena, wanted);
	if (found.len > 0) {
		return found;
	}
	return codes_find(arena, str_print(arena, "%.*s-*", STR_ARG(wanted)));
}

enum exit_code
cmd_explain(struct session *session)
{
	struct err err = { 0 };
	const struct words *arguments = &session->options->arguments;
	const struct codes codes = codes_wanted(session->arena, arguments);
	struct telling telling = {
		.session = session,
		.to = buf_new(session->arena),
		.manner = { .width = paragraph_width(session->terminal.width),
		    .color = session->manner.color },
	};
	if (codes.len == 0) {
		const struct str wanted = arguments->at[0];
		(void)err_set(&err, ERR_USAGE, "there is no finding \"%.*s\"",
		    STR_ARG(wanted));
		codes_hint(session->arena, wanted, &err);
		return session_fail(session, &err);
	}
	if (str_eq(session->options->format, STR("json"))) {
		tell_json(&telling, &codes);
	} else if (codes.len == 1) {
		const struct entry entry =
		    entry_make(session->arena, &codes.at[0]);
		tell_text(&telling, &entry);
	} else {
		tell_list(&telling, &codes);
	}
	if (!session_write(session, buf_str(&telling.to), &err)) {
		return session_fail(session, &err);
	}
	return EXIT_READY;
}
