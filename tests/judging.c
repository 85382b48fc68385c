/* SPDX-License-Identifier: MIT */
/* Judging one record, and telling what came of it. */
#include "judging.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "diagnosis/plan.h"
#include "look/look.h"
#include "source/overlay.h"

#include <criterion/criterion.h>

#include <string.h>

static void
judge(struct look *look, void *context)
{
	struct judging *judging = context;
	const struct subject *subject = &judging->subject;
	judging->out = (struct judgement){
		.status = STATUS_OK,
		.ttl = -1,
		.findings = findings_new(
		    look_scratch(look), judging->order->family, subject->index),
	};
	judging->order->check(look, subject, &judging->out);
}

void
judging_open(struct judging *judging, const struct judging_order *order,
    const char *text)
{
	struct err err;
	judging->order = order;
	if (order->origin) {
		looking_open_zone(&judging->looking, order->origin, text);
	} else {
		looking_open(&judging->looking, text);
	}
	for (size_t i = 0; i < 2 && order->faults[i].name; i++) {
		const struct judging_fault *fault = &order->faults[i];
		looking_fail(
		    &judging->looking, fault->name, fault->type, fault->status);
	}
	struct arena *arena = judging->looking.arena;
	const struct expect_parts parts = {
		.domain = name_of(arena, order->domain),
		.flags = &order->flags,
	};
	const bool built = expect_build(arena, &parts, &judging->expect, &err);
	cr_assert(built, "%s", err.text);
	judging->subject = (struct subject){
		.expect = &judging->expect,
		.record = &judging->expect.records[order->record],
		.index = (int)order->record,
		.offline = order->origin != NULL,
	};
	looking_run(&judging->looking, judge, judging);
}

static const char *
codes_of(struct arena *arena, const struct judgement *out)
{
	struct buf to = buf_new(arena);
	struct finding **finding;
	buf_adds(&to, record_status_text(out->status));
	vec_foreach(finding, &out->findings.list) {
		buf_addc(&to, ' ');
		buf_add(&to,
		    catalog_code(arena, (*finding)->code, (*finding)->family));
	}
	return to.at;
}

const char *
judging_codes(const struct judging *judging)
{
	return codes_of(judging->looking.arena, &judging->out);
}

/** The changes that all findings ask for, each once. */
static struct plan
changes_of(struct arena *arena, const struct judgement *out)
{
	static const struct policy all = { .fail_on = SEVERITY_INFO };
	struct finding_list list = { 0 };
	struct finding **finding;
	vec_foreach(finding, &out->findings.list) {
		vec_push(arena, &list, *finding);
	}
	return plan_of(arena, &all, &list);
}

const char *
judging_changes(const struct judging *judging)
{
	struct arena *arena = judging->looking.arena;
	struct buf to = buf_new(arena);
	const struct plan plan = changes_of(arena, &judging->out);
	const struct edit *edit;
	buf_adds(&to, "");
	vec_foreach(edit, &plan) {
		buf_adds(&to, to.len > 0 ? " " : "");
		buf_adds(&to, edit->op == EDIT_ADD ? "+" : "-");
		buf_add(&to, rrtype_text(arena, edit->rr.type));
		buf_addc(&to, ' ');
		buf_add(&to, name_text(arena, edit->rr.owner));
		buf_addc(&to, '=');
		buf_add(&to, rr_value(arena, &edit->rr));
	}
	return to.at;
}

const char *
judging_mended(struct judging *judging)
{
	struct arena *arena = judging->looking.arena;
	struct judging again = *judging;
	const struct plan plan = changes_of(arena, &judging->out);
	struct source *overlay =
	    overlay_open(judging->looking.source, plan.at, plan.len);
	again.looking.source = overlay;
	again.looking.look = look_open(arena, overlay, 1000);
	looking_run(&again.looking, judge, &again);
	const char *codes = codes_of(arena, &again.out);
	look_close(again.looking.look);
	source_close(&overlay);
	return codes;
}

const char *
judging_arg(const struct judging *judging, const char *key)
{
	const struct findings *findings = &judging->out.findings;
	if (findings->list.len == 0) {
		return "";
	}
	const struct finding *first = findings->list.at[0];
	const struct finding_arg *arg;
	vec_foreach(arg, &first->args) {
		if (strcmp(arg->key, key) == 0) {
			return str_z(judging->looking.arena, arg->value);
		}
	}
	return "";
}

void
judging_close(struct judging *judging)
{
	looking_close(&judging->looking);
}
