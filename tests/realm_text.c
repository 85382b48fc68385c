/* SPDX-License-Identifier: MIT */
/* Writing zones as master files: RFC 1035 5.1, RFC 3597 for nothing. */
#include "realm.h"

#include "base/arena.h"
#include "base/buf.h"

enum {
	MAX_STRING = 255 /* bytes of one character-string */
};

static void
write_name(struct buf *to, struct name name)
{
	const struct str text = name_text(to->arena, name);
	buf_add(to, text);
	if (!name_is_root(name)) {
		buf_addc(to, '.');
	}
}

static void
write_string(struct buf *to, struct str text)
{
	buf_adds(to, " \"");
	for (size_t i = 0; i < text.len; i++) {
		const unsigned char c = (unsigned char)text.at[i];
		if (c == '"' || c == '\\') {
			buf_addf(to, "\\%c", c);
		} else if (c < 0x20 || c > 0x7e) {
			buf_addf(to, "\\%03u", c);
		} else {
			buf_addc(to, (char)c);
		}
	}
	buf_addc(to, '"');
}

static void
write_txt(struct buf *to, const struct rr_txt *txt)
{
	size_t from = 0;
	for (size_t i = 0; i < txt->strings; i++) {
		do {
			size_t end = txt->ends[i];
			if (end - from > MAX_STRING) {
				end = from + MAX_STRING;
			}
			write_string(to, str_slice(txt->joined, from, end));
			from = end;
		} while (from < txt->ends[i]);
	}
}

static void
write_rdata(struct buf *to, const struct rr *rr)
{
	switch (rrtype_layout(rr->type)) {
	case RR_LAYOUT_NAME:
		buf_addc(to, ' ');
		write_name(to, rr->rdata.target);
		return;
	case RR_LAYOUT_MX:
		buf_addf(to, " %u ", rr->rdata.mx.preference);
		write_name(to, rr->rdata.mx.exchange);
		return;
	case RR_LAYOUT_TXT:
		write_txt(to, &rr->rdata.txt);
		return;
	case RR_LAYOUT_ADDR:
	case RR_LAYOUT_SOA:
	case RR_LAYOUT_OPAQUE:
		buf_addc(to, ' ');
		buf_add(to, rr_value(to->arena, rr));
		return;
	}
}

struct str
realm_zone_text(struct arena *arena, const struct realm_zone *zone)
{
	struct buf to = buf_new(arena);
	const struct rr *rr;
	write_name(&to, zone->apex);
	/* The lower of its TTL and its minimum counts (RFC 2308 5). */
	buf_addf(&to,
	    " %u IN SOA ns1.dns-host.example. ops.dns-host.example. "
	    "1 7200 900 86400 %u\n",
	    zone->minimum, zone->minimum);
	write_name(&to, zone->apex);
	buf_adds(&to, " 300 IN NS ns1.dns-host.example.\n");
	vec_foreach(rr, &zone->records) {
		const struct str type = rrtype_text(arena, rr->type);
		write_name(&to, rr->owner);
		buf_addf(&to, " %u IN %.*s", rr->ttl, STR_ARG(type));
		write_rdata(&to, rr);
		buf_addc(&to, '\n');
	}
	return buf_str(&to);
}
