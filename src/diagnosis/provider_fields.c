/* SPDX-License-Identifier: MIT */
/* The fields of panels, by the habits of their hosts. */
#include "diagnosis/provider_fields.h"

#include "base/arena.h"
#include "base/buf.h"
#include "diagnosis/providers.h"

#include <assert.h>

/** How a panel calls its fields. */
struct labels {
	enum provider_index provider;
	const char *host;
	const char *cname; /* the target of a CNAME */
	const char *mx;    /* the target of an MX */
	const char *txt;
};

static const struct labels LABELS[] = {
#define PROVIDER_LABELS(provider, host, cname, mx, txt) \
	{ PROVIDER_##provider, (host), (cname), (mx), (txt) },
#include "diagnosis/providers.def"
};

/** What else is to be chosen for records of a type. */
struct setting {
	enum provider_index provider;
	enum rrtype type;
	const char *label;
	const char *text;
};

static const struct setting SETTINGS[] = {
#define PROVIDER_SETTING(provider, type, label, text) \
	{ PROVIDER_##provider, RRTYPE_##type, (label), (text) },
#include "diagnosis/providers.def"
};

/* Where it is not known: how most panels call them. */
static const struct labels USUAL = {
	.host = "Name",
	.cname = "Value",
	.mx = "Value",
	.txt = "Value",
};

static const struct labels *
labels_of(const struct provider *provider)
{
	const enum provider_index index = provider_index_of(provider);
	for (size_t i = 0; i < sizeof(LABELS) / sizeof(*LABELS); i++) {
		if (LABELS[i].provider == index) {
			return &LABELS[i];
		}
	}
	return &USUAL;
}

/** What goes into the field for the host. */
static struct str
host_text(struct arena *arena, const struct provider *provider,
    const struct panel_record *record)
{
	if (provider->host == HOST_FULL_DOTTED) {
		return str_print(arena, "%.*s.", STR_ARG(record->name));
	}
	if (record->is_apex && provider->apex == APEX_BLANK) {
		return (struct str){ 0 };
	}
	return record->host;
}

/** The host that *record* points to, with or without final dot. */
static struct str
target_text(struct arena *arena, const struct provider *provider,
    const struct panel_record *record)
{
	const bool inside =
	    record->type == RRTYPE_MX && provider->mx == MX_INSIDE;
	struct buf to = buf_new(arena);
	if (inside) {
		buf_addf(&to, "%u ", record->priority);
	}
	buf_add(&to, record->value);
	if (provider->dot == DOT_NEEDED) {
		buf_addc(&to, '.');
	}
	return buf_str(&to);
}

/** *text* in quotation marks, as in a zone file. */
static struct str
quoted(struct arena *arena, struct str text)
{
	struct buf to = buf_new(arena);
	buf_addc(&to, '"');
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '"') {
			buf_addc(&to, '\\');
		}
		buf_addc(&to, text.at[i]);
	}
	buf_addc(&to, '"');
	return buf_str(&to);
}

static struct provider_field
value_field(struct arena *arena, const struct provider *provider,
    const struct panel_record *record)
{
	const struct labels *labels = labels_of(provider);
	struct provider_field field = { labels->txt, record->value };
	switch (rrtype_layout(record->type)) {
	case RR_LAYOUT_TXT:
		if (provider->txt == TXT_QUOTED) {
			field.text = quoted(arena, record->value);
		}
		break;
	case RR_LAYOUT_NAME:
		field.label = labels->cname;
		field.text = target_text(arena, provider, record);
		break;
	case RR_LAYOUT_MX:
		field.label = labels->mx;
		field.text = target_text(arena, provider, record);
		break;
	case RR_LAYOUT_ADDR:
	case RR_LAYOUT_OPAQUE:
	case RR_LAYOUT_SOA:
		break;
	}
	return field;
}

static struct provider_field
priority_field(struct arena *arena, const struct provider *provider,
    const struct panel_record *record)
{
	return (struct provider_field){
		.label = provider->mx_field[0] != '\0' ? provider->mx_field
						       : "Priority",
		.text = str_print(arena, "%u", record->priority),
	};
}

static void
add_settings(struct arena *arena, const struct provider *provider,
    enum rrtype type, struct provider_fields *fields)
{
	for (size_t i = 0; i < sizeof(SETTINGS) / sizeof(*SETTINGS); i++) {
		const struct setting *row = &SETTINGS[i];
		const struct provider_field field = { row->label,
			str_of(row->text) };
		if (row->provider != provider_index_of(provider) ||
		    row->type != type) {
			continue;
		}
		vec_push(arena, fields, field);
	}
}

struct provider_fields
provider_fields(struct arena *arena, const struct provider *provider,
    const struct panel_record *record)
{
	struct provider_fields fields = { 0 };
	const struct provider_field type = { "Type",
		rrtype_text(arena, record->type) };
	const struct provider_field host = { labels_of(provider)->host,
		host_text(arena, provider, record) };
	assert(record->name.len > 0);
	vec_push(arena, &fields, type);
	vec_push(arena, &fields, host);
	vec_push(arena, &fields, value_field(arena, provider, record));
	if (record->type == RRTYPE_MX && provider->mx != MX_INSIDE) {
		vec_push(
		    arena, &fields, priority_field(arena, provider, record));
	}
	add_settings(arena, provider, record->type, &fields);
	return fields;
}

struct provider_lines
provider_unknowns(struct arena *arena, const struct provider *provider)
{
	const struct {
		bool unknown;
		const char *text;
	} rows[] = {
		{ provider->host == HOST_UNKNOWN,
		    "What %s does with the name is not known here: if its "
		    "panel does not append the zone, type the full name." },
		{ provider->apex == APEX_UNKNOWN &&
			provider->host != HOST_FULL_DOTTED,
		    "How %s writes the zone itself is not known here: @ in "
		    "most panels, left blank in some." },
		{ provider->dot == DOT_UNKNOWN || provider->dot == DOT_API,
		    "Whether %s needs a final dot behind a target is not "
		    "known here: do as its other records do." },
		{ provider->txt == TXT_UNKNOWN,
		    "Whether %s wants quotation marks around a TXT value is "
		    "not known here: most panels do not." },
		{ provider->mx == MX_UNKNOWN,
		    "Where %s has the priority of an MX is not known here: in "
		    "a field of its own, or before the target." },
	};
	struct provider_lines lines = { 0 };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (!rows[i].unknown) {
			continue;
		}
		const struct str all = str_of(rows[i].text);
		const size_t at = (size_t)str_find(all, STR("%s"));
		struct buf to = buf_new(arena);
		buf_add(&to, str_slice(all, 0, at));
		buf_adds(&to, provider->name);
		buf_add(&to, str_from(all, at + 2));
		vec_push(arena, &lines, buf_str(&to));
	}
	return lines;
}
