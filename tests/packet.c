/* SPDX-License-Identifier: MIT */
/* Octet by octet. */
#include "packet.h"

#include <assert.h>
#include <string.h>

void
packet_bytes(struct packet *packet, const void *bytes, size_t len)
{
	assert(len <= sizeof(packet->at) - packet->len);
	if (len > 0) {
		memcpy(packet->at + packet->len, bytes, len);
	}
	packet->len += len;
}

void
packet_u8(struct packet *packet, unsigned number)
{
	const uint8_t octet = (uint8_t)number;
	packet_bytes(packet, &octet, 1);
}

void
packet_u16(struct packet *packet, unsigned number)
{
	packet_u8(packet, number >> 8 & 0xff);
	packet_u8(packet, number & 0xff);
}

void
packet_u32(struct packet *packet, uint32_t number)
{
	packet_u16(packet, number >> 16);
	packet_u16(packet, number & 0xffff);
}

void
packet_name(struct packet *packet, const char *text)
{
	while (*text != '\0' && *text != '.') {
		const size_t len = strcspn(text, ".");
		packet_u8(packet, (unsigned)len);
		packet_bytes(packet, text, len);
		text += len + (text[len] == '.');
	}
	packet_u8(packet, 0);
}

void
packet_pointer(struct packet *packet, size_t to)
{
	packet_u16(packet, 0xc000 | (unsigned)to);
}

void
packet_begin(struct packet *packet, unsigned id, unsigned flags,
    const char *name, unsigned type)
{
	packet->len = 0;
	packet_u16(packet, id);
	packet_u16(packet, flags);
	packet_u16(packet, 1);
	packet_u16(packet, 0);
	packet_u32(packet, 0);
	packet_name(packet, name);
	packet_u16(packet, type);
	packet_u16(packet, CLASS_IN);
}

void
packet_count(struct packet *packet, enum message_section section)
{
	uint8_t *count = packet->at + 4 + 2 * (size_t)section;
	count[0] = (uint8_t)(count[0] + (count[1] == 255));
	count[1]++;
}

void
packet_rr(struct packet *packet, enum message_section section,
    const char *owner, unsigned type)
{
	packet_count(packet, section);
	packet_name(packet, owner);
	packet_u16(packet, type);
	packet_u16(packet, CLASS_IN);
	packet_u32(packet, PACKET_TTL);
	packet_u16(packet, 0);
	packet->rdata = packet->len;
}

void
packet_end_rr(struct packet *packet)
{
	const size_t len = packet->len - packet->rdata;
	packet->at[packet->rdata - 2] = (uint8_t)(len >> 8);
	packet->at[packet->rdata - 1] = (uint8_t)(len & 0xff);
}

void
packet_name_rr(struct packet *packet, enum message_section section,
    const char *owner, unsigned type, const char *target)
{
	packet_rr(packet, section, owner, type);
	packet_name(packet, target);
	packet_end_rr(packet);
}

void
packet_txt_rr(struct packet *packet, enum message_section section,
    const char *owner, const char *text)
{
	packet_rr(packet, section, owner, 16);
	packet_u8(packet, (unsigned)strlen(text));
	packet_bytes(packet, text, strlen(text));
	packet_end_rr(packet);
}

void
packet_soa_rr(struct packet *packet, const char *owner, uint32_t minimum)
{
	packet_rr(packet, SECTION_AUTHORITY, owner, 6);
	packet_name(packet, "ns.example.net");
	packet_name(packet, "hostmaster.example.net");
	for (uint32_t i = 1; i < 5; i++) {
		packet_u32(packet, i);
	}
	packet_u32(packet, minimum);
	packet_end_rr(packet);
}

struct message
packet_message(const struct packet *packet)
{
	return (struct message){ .at = packet->at, .len = packet->len };
}
