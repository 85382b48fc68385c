/* SPDX-License-Identifier: MIT */
/*
 * ivycheck records DOMAIN: what to publish. DNS is asked for what may stand
 * there for other reasons, because a second SPF or DMARC record makes both
 * void (RFC 7208 4.5, RFC 9989 4.10), and for where the zone begins.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "cli/near.h"
#include "cli/options.h"
#include "cmd/command.h"
#include "cmd/inquiry.h"
#include "cmd/records_facts.h"
#include "cmd/session.h"
#include "cmd/sheet.h"
#include "dns/domain.h"

#include <assert.h>

/** Everything while DNS is asked. */
struct errand {
	const struct inquiry *inquiry;
	struct records_facts *facts;
};

/** Adds *facts* to *sheet*. */
typedef void tell_fn(struct sheet *sheet, const struct records_facts *facts);

struct way {
	const char *format;
	tell_fn *tell;
	bool for_panels; /* --provider makes a difference */
};

static const struct way WAYS[] = {
	{ "text", records_tell_text, true },
	{ "json", records_tell_json, true },
	{ "zone", records_tell_zone, false },
	{ "csv", records_tell_csv, false },
};

static const struct way *
way_of(const struct options *options)
{
	for (size_t i = 0; i < sizeof(WAYS) / sizeof(*WAYS); i++) {
		if (str_eq(options->format, str_of(WAYS[i].format))) {
			return &WAYS[i];
		}
	}
	assert(options->format.len == 0 && "the options were checked");
	return &WAYS[0];
}

static void
errand_run(struct look *look, void *context)
{
	const struct errand *errand = context;
	records_look(look, errand->inquiry, errand->facts);
}

static bool
provider_fail(struct arena *arena, struct str wanted, struct err *reterr)
{
	const char *ids[PROVIDERS];
	struct buf list = buf_new(arena);
	for (int i = 0; i < PROVIDERS; i++) {
		ids[i] = provider_at((enum provider_index)i)->id;
		buf_addf(&list, "%s%s", i > 0 ? ", " : "", ids[i]);
	}
	(void)err_set(reterr, ERR_USAGE,
	    "there is no DNS host \"%.*s\" (--provider); there are: %s",
	    STR_ARG(wanted), list.at);
	near_hint(arena, reterr, str_lower(arena, wanted), ids, PROVIDERS);
	return false;
}

static bool
provider_read(struct records_facts *facts, struct err *reterr)
{
	const struct options *options = facts->session->options;
	const struct str wanted = options->provider;
	if (wanted.len == 0) {
		return true;
	}
	facts->provider = provider_by_id(wanted);
	if (!facts->provider) {
		return provider_fail(facts->session->arena, wanted, reterr);
	}
	if (!way_of(options)->for_panels) {
		(void)err_set(reterr, ERR_USAGE,
		    "-f %.*s and --provider cannot be used together",
		    STR_ARG(options->format));
		return err_hint(reterr,
		    "Files are the same for every DNS host; its panel's "
		    "fields are told as text or json.");
	}
	return true;
}

static bool
facts_open(struct records_facts *facts, struct err *reterr)
{
	struct session *session = facts->session;
	const struct words *arguments = &session->options->arguments;
	struct domain domain = { 0 };
	if (!provider_read(facts, reterr)) {
		return false;
	}
	if (arguments->len > 0 &&
	    !domain_read(session->arena, arguments->at[0], &domain, reterr)) {
		return false;
	}
	if (arguments->len == 0 && session->options->expect.len == 0) {
		(void)err_set(reterr, ERR_USAGE, "which domain?");
		return err_hint(reterr, "Try: ivycheck records yourdomain.com");
	}
	facts->input = domain.input;
	return session_expect(
	    session, session->arena, domain.name, &facts->expect, reterr);
}

static enum exit_code
tell(const struct records_facts *facts)
{
	struct sheet sheet;
	sheet_open(facts->session, &sheet);
	way_of(facts->session->options)->tell(&sheet, facts);
	return sheet_write(&sheet, records_exit(facts));
}

enum exit_code
cmd_records(struct session *session)
{
	struct err err = { 0 };
	struct inquiry inquiry;
	struct records_facts facts = { .session = session };
	struct errand errand = { .inquiry = &inquiry, .facts = &facts };
	const struct task task = { .run = errand_run, .context = &errand };
	if (!facts_open(&facts, &err) ||
	    !inquiry_open(session, &inquiry, &err)) {
		return session_fail(session, &err);
	}
	/*
	 * A resolver that is asked for a record just before it is published
	 * remembers that there was none (RFC 2308): the zone's own servers
	 * are asked, if the options do not say otherwise.
	 */
	const bool read =
	    asking_sides(session, VIEW_AUTHORITATIVE, &inquiry.sides, &err);
	assert(read && "inquiry_open() read the same");
	inquiry_run(&inquiry, &task);
	records_settle(&facts);
	enum exit_code code = tell(&facts);
	if (!inquiry_close(&inquiry, facts.expect.domain, &err)) {
		code = session_fail(session, &err);
	}
	return code;
}
