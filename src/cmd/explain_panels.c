/* SPDX-License-Identifier: MIT */
/* The table of hosts turned round: by habit, and only where one matters. */
#include "cmd/explain_panels.h"

#include "base/arena.h"
#include "base/buf.h"
#include "cmd/codes.h"
#include "diagnosis/providers.h"
#include "findings/catalog.h"

#include <assert.h>

/** What a habit is about. */
enum panel_subject {
	PANEL_NAME,
	PANEL_APEX,
	PANEL_TARGET,
	PANEL_TEXT,
	PANEL_PRIORITY,
};

/* A function a habit: has_HOST_RELATIVE() and so on. */
#define HABIT(subject, field, value, text)                       \
	static bool has_##value(const struct provider *provider) \
	{                                                        \
		return provider->field == (value);               \
	}
#include "cmd/explain_panels.def"

struct habit {
	enum panel_subject subject;
	bool (*is_of)(const struct provider *provider);
	const char *text;
};

static const struct habit HABITS[] = {
#define HABIT(subject, field, value, text) \
	{ PANEL_##subject, has_##value, (text) },
#include "cmd/explain_panels.def"
};

struct panel_row {
	const char *code;
	enum panel_subject subject;
};

static const struct panel_row PANELS[] = {
#define PANEL(code, subject) { (code), PANEL_##subject },
#include "cmd/explain_panels.def"
};

struct rule_row {
	const char *code;
	enum provider_when when;
};

static const struct rule_row RULES[] = {
#define PANEL_RULE(code, when) { (code), (when) },
#include "cmd/explain_panels.def"
};

enum {
	PANELS_LEN = sizeof(PANELS) / sizeof(*PANELS),
	RULES_LEN = sizeof(RULES) / sizeof(*RULES),
};

/** True if a row of the tables is for *code* itself. */
static bool
has_rows(struct str code)
{
	bool has = false;
	for (size_t i = 0; i < PANELS_LEN; i++) {
		has = has || str_eq(code, str_of(PANELS[i].code));
	}
	for (size_t i = 0; i < RULES_LEN; i++) {
		has = has || str_eq(code, str_of(RULES[i].code));
	}
	return has;
}

/** "The target needs its final dot: Gandi, OVHcloud"; empty: nobody's. */
static struct str
habit_line(struct arena *arena, const struct habit *habit)
{
	struct buf line = buf_new(arena);
	for (int i = 0; i < PROVIDERS; i++) {
		const struct provider *provider =
		    provider_at((enum provider_index)i);
		if (!habit->is_of(provider)) {
			continue;
		}
		if (line.len == 0) {
			buf_addf(&line, "%s: ", habit->text);
		} else {
			buf_adds(&line, ", ");
		}
		buf_adds(&line, provider->name);
	}
	return buf_str(&line);
}

static void
add_habits(struct arena *arena, enum panel_subject subject, struct words *lines)
{
	for (size_t i = 0; i < sizeof(HABITS) / sizeof(*HABITS); i++) {
		const struct str line = habit_line(arena, &HABITS[i]);
		if (HABITS[i].subject != subject || line.len == 0) {
			continue;
		}
		vec_push(arena, lines, line);
	}
}

/** Adds the rules of *provider* that are told when *when*. */
static void
add_rules_of(struct arena *arena, const struct provider *provider,
    enum provider_when when, struct words *lines)
{
	const struct provider_rule *rule = NULL;
	while ((rule = provider_rule_next(provider, rule))) {
		const struct str line =
		    str_print(arena, "%s: %s", provider->name, rule->text);
		if (rule->when != when) {
			continue;
		}
		vec_push(arena, lines, line);
	}
}

/** Adds those of all hosts. */
static void
add_rules(struct arena *arena, enum provider_when when, struct words *lines)
{
	for (int i = 0; i < PROVIDERS; i++) {
		add_rules_of(
		    arena, provider_at((enum provider_index)i), when, lines);
	}
}

struct words
explain_panels(struct arena *arena, const struct code *code)
{
	struct words lines = { 0 };
	const struct str rows = has_rows(code->text)
				    ? code->text
				    : str_of(catalog_row(code->row)->code);
	assert(arena && code->text.len > 0);
	for (size_t i = 0; i < PANELS_LEN; i++) {
		if (str_eq(rows, str_of(PANELS[i].code))) {
			add_habits(arena, PANELS[i].subject, &lines);
		}
	}
	for (size_t i = 0; i < RULES_LEN; i++) {
		if (str_eq(rows, str_of(RULES[i].code))) {
			add_rules(arena, RULES[i].when, &lines);
		}
	}
	return lines;
}
