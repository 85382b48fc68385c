/* SPDX-License-Identifier: MIT */
/* libspf2 over its zone layer: the same records in memory. */
#include "bench/spf2.h"

#ifdef HAVE_SPF2

#	include <assert.h>
#	include <netinet/in.h>
#	include <stdint.h>
#	include <stdlib.h>

#	include <arpa/nameser.h>
#	include <spf2/spf.h>
#	include <spf2/spf_dns_zone.h>

struct bench_spf2 {
	SPF_dns_server_t *zone;
	SPF_server_t *server;
};

struct bench_spf2 *
bench_spf2_open(const struct bench_row *rows, size_t len)
{
	struct bench_spf2 *spf2 = calloc(1, sizeof(*spf2));
	assert(spf2);
	spf2->zone = SPF_dns_zone_new(NULL, "bench", 0);
	for (size_t i = 0; i < len; i++) {
		const struct bench_row *row = &rows[i];
		(void)SPF_dns_zone_add_str(spf2->zone, row->name,
		    row->txt ? ns_t_txt : ns_t_a, NETDB_SUCCESS,
		    row->txt ? row->txt : row->address);
	}
	spf2->server = SPF_server_new_dns(spf2->zone, 0);
	(void)SPF_server_set_rec_dom(spf2->server, "receiver.example");
	return spf2;
}

bool
bench_spf2_parse(struct bench_spf2 *spf2, const char *record, unsigned times)
{
	bool good = true;
	for (unsigned i = 0; i < times; i++) {
		SPF_response_t *response = SPF_response_new(NULL);
		SPF_record_t *compiled = NULL;
		good = good && SPF_record_compile(spf2->server, response,
				   &compiled, record) == SPF_E_SUCCESS;
		if (compiled) {
			SPF_record_free(compiled);
		}
		SPF_response_free(response);
	}
	return good;
}

bool
bench_spf2_evaluate(struct bench_spf2 *spf2, const char *ip,
    const char *mail_from, unsigned times)
{
	bool good = true;
	for (unsigned i = 0; i < times; i++) {
		SPF_request_t *request = SPF_request_new(spf2->server);
		SPF_response_t *response = NULL;
		(void)SPF_request_set_ipv4_str(request, ip);
		(void)SPF_request_set_env_from(request, mail_from);
		(void)SPF_request_query_mailfrom(request, &response);
		good = good && SPF_response_result(response) == SPF_RESULT_PASS;
		SPF_response_free(response);
		SPF_request_free(request);
	}
	return good;
}

void
bench_spf2_close(struct bench_spf2 *spf2)
{
	SPF_server_free(spf2->server);
	free(spf2);
}

#else

struct bench_spf2 *
bench_spf2_open(const struct bench_row *rows, size_t len)
{
	(void)rows;
	(void)len;
	return NULL;
}

bool
bench_spf2_parse(struct bench_spf2 *spf2, const char *record, unsigned times)
{
	(void)spf2;
	(void)record;
	(void)times;
	return false;
}

bool
bench_spf2_evaluate(struct bench_spf2 *spf2, const char *ip,
    const char *mail_from, unsigned times)
{
	(void)spf2;
	(void)ip;
	(void)mail_from;
	(void)times;
	return false;
}

void
bench_spf2_close(struct bench_spf2 *spf2)
{
	(void)spf2;
}

#endif
