/* SPDX-License-Identifier: MIT */
/* Recognising DNS hosts by the names of their servers. */
#include "base/arena.h"
#include "diagnosis/providers.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

enum {
	MAX_SERVERS = 8,
};

static struct arena *arena;

static void
setup(void)
{
	arena = arena_new();
}

static void
teardown(void)
{
	arena_free(&arena);
}

TestSuite(providers, .init = setup, .fini = teardown);

/** What is found for the servers in *text*, separated by blanks. */
static struct provider_match
found(const char *text)
{
	struct name names[MAX_SERVERS];
	size_t len = 0;
	struct str rest = str_of(text);
	struct str part;
	while (str_split(&rest, ' ', &part) && part.len > 0) {
		cr_assert(lt(sz, len, MAX_SERVERS));
		cr_assert(name_parse(arena, part, &names[len++]) == NAME_OK,
		    "%s", text);
	}
	return provider_match_find(names, len);
}

static const char *
found_id(const struct provider_match *match)
{
	return match->provider ? match->provider->id : "nobody";
}

static void
expect_host(const char *servers, const char *id, bool certain)
{
	const struct provider_match match = found(servers);
	cr_expect(str_eq(str_of(found_id(&match)), str_of(id)),
	    "%s: found %s, not %s", servers, found_id(&match), id);
	cr_expect(match.certain == certain, "%s: %s", servers,
	    certain ? "should be certain" : "should only be probable");
	cr_expect(not(match.mixed), "%s", servers);
}

static void
expect_nobody(const char *servers, bool mixed)
{
	const struct provider_match match = found(servers);
	cr_expect(
	    match.provider == NULL, "%s: found %s", servers, found_id(&match));
	cr_expect(match.mixed == mixed, "%s", servers);
	cr_expect(not(match.certain), "%s", servers);
}

/* One row a host of the table, in its order. */
static const struct {
	const char *servers;
	const char *id;
} CERTAIN_SETS[] = {
	{ "amy.ns.cloudflare.com bob.ns.cloudflare.com", "cloudflare" },
	{ "x1.foundationdns.com x2.foundationdns.net x3.foundationdns.org",
	    "cloudflare" },
	{ "ns-123.awsdns-45.co.uk ns-2.awsdns-00.com ns-900.awsdns-48.net "
	  "ns-1500.awsdns-10.org",
	    "route53" },
	{ "ns41.domaincontrol.com ns42.domaincontrol.com", "godaddy" },
	{ "dns1.registrar-servers.com dns2.registrar-servers.com",
	    "namecheap" },
	{ "pdns1.registrar-servers.com freedns2.registrar-servers.com",
	    "namecheap" },
	{ "dns1.namecheaphosting.com dns2.namecheaphosting.com", "namecheap" },
	{ "a.squarespacedns.com b.squarespacedns.com", "squarespace" },
	{ "ns14.wixdns.net ns15.wixdns.net", "wix" },
	{ "ns1-07.azure-dns.com ns2-07.azure-dns.net ns3-07.azure-dns.org "
	  "ns4-07.azure-dns.info",
	    "azure" },
	{ "ns1.digitalocean.com ns2.digitalocean.com ns3.digitalocean.com",
	    "digitalocean" },
	{ "ns1.vercel-dns.com ns2.vercel-dns.com", "vercel" },
	{ "hydrogen.ns.hetzner.com oxygen.ns.hetzner.com helium.ns.hetzner.de",
	    "hetzner" },
	{ "ns1.first-ns.de robotns2.second-ns.de robotns3.second-ns.com",
	    "hetzner" },
	{ "ns1.your-server.de ns.second.your-server.de", "hetzner" },
	{ "dns10.ovh.net ns10.ovh.net", "ovh" },
	{ "dns200.anycast.me ns200.anycast.me dns1.ovh.ca", "ovh" },
	{ "ns-10-a.gandi.net ns-122-b.gandi.net ns-7-c.gandi.net", "gandi" },
	{ "a.dns.gandi.net b.dns.gandi.net", "gandi" },
	{ "ns1023.ui-dns.com ns1045.ui-dns.de ns1060.ui-dns.org "
	  "ns1081.ui-dns.biz",
	    "ionos" },
	{ "curitiba.ns.porkbun.com fortaleza.ns.porkbun.com "
	  "maceio.ns.porkbun.com salvador.ns.porkbun.com",
	    "porkbun" },
	{ "ns1.dnsimple.com ns2.dnsimple-edge.net ns3.dnsimple.com "
	  "ns4.dnsimple-edge.org",
	    "dnsimple" },
	{ "ns1.linode.com ns5.linode.com", "linode" },
	{ "a1-64.akam.net ns1.akamaidns.com", "akamai" },
	{ "ns1.vultr.com ns2.vultr.com", "vultr" },
	{ "ns1.bluehost.com ns2.bluehost.com", "bluehost" },
	{ "ns8001.hostgator.com ns7.websitewelcome.com", "hostgator" },
	{ "ns1.dns-parking.com ns2.dns-parking.com", "hostinger" },
	{ "ns1cvw.name.com ns2fln.name.com", "namecom" },
	{ "ns1.dyna-ns.net ns2.dyna-ns.net", "dynadot" },
	{ "ns1.alidns.com vip3.alidns.com", "alibaba" },
	{ "dns9.hichina.com dns10.hichina.com", "alibaba" },
	{ "f1g1ns1.dnspod.net f1g1ns2.dnspod.net", "dnspod" },
	{ "kiki.bunny.net coco.bunny.net", "bunny" },
	{ "ns1.dreamhost.com ns3.dreamhost.com", "dreamhost" },
	{ "ns1.hover.com ns2.hover.com", "hover" },
	{ "ns21.worldnic.com ns22.worldnic.com", "networksolutions" },
	{ "ns.123-reg.co.uk ns2.123-reg.co.uk", "123-reg" },
	{ "ns10.dnsmadeeasy.com ns11.dnsmadeeasy.com", "dnsmadeeasy" },
	{ "dns1.easydns.com dns2.easydns.net dns3.easydns.org "
	  "dns4.easydns.info",
	    "easydns" },
	{ "ns-strato.ui-dns.de ns-strato.ui-dns.com", "strato" },
	{ "ns-arsys.ui-dns.de ns-arsys.ui-dns.com", "arsys" },
	{ "ns-1and1.ui-dns.de ns-1and1.ui-dns.biz", "1and1" },
	{ "ns-fh.ui-dns.de ns-fh.ui-dns.org", "fasthosts" },
	{ "ns01.one.com ns02.one.com", "onecom" },
	{ "ns0.transip.net ns1.transip.nl ns2.transip.eu", "transip" },
	{ "ns1.loopia.se ns2.loopia.se", "loopia" },
	{ "ns.inwx.de ns2.inwx.de ns3.inwx.eu", "inwx" },
	{ "root-dns.netcup.net second-dns.netcup.net third-dns.netcup.net",
	    "netcup" },
	{ "ns1.desec.io ns2.desec.org", "desec" },
	{ "ns1.he.net ns5.he.net", "he" },
	{ "pns31.cloudns.net ns2.cloudns.uk ns3.cloudns.asia", "cloudns" },
	{ "dns.technorail.com dns2.arubadns.cz dns4.arubadns.net", "aruba" },
	{ "ns1.c1234.sgvps.net ns2.siteground.net", "siteground" },
	{ "ns1.wordpress.com ns2.wordpress.com", "wordpress" },
	{ "ns1.dnsowl.com ns2.dnsowl.com", "namesilo" },
	{ "ns1.p68.dns.oraclecloud.net ns2.dns.oraclecloud.com", "oracle" },
	{ "ns5.kasserver.com ns6.kasserver.com", "all-inkl" },
	{ "ns1.reg.ru ns2.reg.ru", "regru" },
	{ "ns1.huaweicloud-dns.com ns1.huaweicloud-dns.cn "
	  "ns1.huaweicloud-dns.org",
	    "huawei" },
	{ "dns1.stabletransit.com dns2.stabletransit.com", "rackspace" },
	{ "dns1.cscdns.net dns2.cscdns.net", "csc" },
};

Test(providers, the_whole_set_of_servers_tells_the_host)
{
	for (size_t i = 0; i < sizeof(CERTAIN_SETS) / sizeof(*CERTAIN_SETS);
	     i++) {
		expect_host(CERTAIN_SETS[i].servers, CERTAIN_SETS[i].id, true);
	}
}

Test(providers, servers_that_several_brands_share_are_only_probable)
{
	expect_host("dns1.p05.nsone.net dns2.p05.nsone.net", "ns1", false);
	expect_host("ns-cloud-b1.googledomains.com", "googlecloud", false);
	expect_host("dns1.googledomains.com", "squarespace", false);
	expect_host("ns1.systemdns.com ns2.systemdns.com", "opensrs", false);
	expect_host("ns1.tucows.com ns2.tucows.com", "hover", false);
	expect_host("dns1.name-services.com", "enom", false);
	expect_host("pdns1.ultradns.net udns2.ultradns.com", "ultradns", false);
}

Test(providers, one_server_of_its_own_makes_a_shared_set_certain)
{
	expect_host("ns1.hover.com ns2.tucows.com", "hover", true);
	expect_host(
	    "a.squarespacedns.com dns1.p05.nsone.net", "squarespace", true);
	expect_host("ns14.wixdns.net dns1.p05.nsone.net", "wix", true);
}

Test(providers, who_shares_the_servers_is_named)
{
	const struct provider_match shared = found("dns1.p05.nsone.net");
	const struct str text = provider_match_text(arena, &shared);
	cr_expect(
	    str_eq(text, STR("probably NS1 (or Squarespace, Netlify or Wix)")),
	    "%.*s", STR_ARG(text));
	const struct provider_match one = found("ns1.vultr.com");
	cr_expect(str_eq(provider_match_text(arena, &one), STR("Vultr")));
	const struct provider_match none = found("ns1.example.com");
	cr_expect(
	    str_eq(provider_match_text(arena, &none), STR("the DNS host")));
}

Test(providers, case_does_not_matter)
{
	expect_host("AMY.NS.CloudFlare.Com", "cloudflare", true);
	cr_expect(eq(ptr, (void *)provider_by_id(STR("GoDaddy")),
	    (void *)provider_at(PROVIDER_GODADDY)));
}

Test(providers, names_that_only_look_like_a_host_are_nobodys)
{
	static const char *const names[] = {
		"ns.cloudflare.com.evil.example",
		"amy.ns.cloudflare.com.evil.example",
		"amy.ns.cloudflare.com.evil.com",
		"amy.xns.cloudflare.com",
		"amy.ns.xcloudflare.com",
		"ns.cloudflare.com",
		"cloudflare.com",
		"com",
		".",
		"amy\\.ns.cloudflare.com",
		"ns-.awsdns-45.co.uk",
		"ns-1x.awsdns-45.com",
		"ns-1.awsdns-45.uk",
		"ns-1.awsdns-45.co.uk.example",
		"a.ns-1.awsdns-45.com",
		"ns.domaincontrol.com",
		"nsx1.domaincontrol.com",
		"ns1.domaincontrol.com.example",
		"ns-cloud.googledomains.org",
		"ns-10-ab.gandi.net",
		"ns-strato.ui-dns.net",
		"ns-other.ui-dns.com",
		"ns1.c1.sgvps.com",
		"xx.xname.com",
		"xakam.net",
		"ns1.notreg.ru",
	};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		expect_nobody(names[i], false);
	}
}

Test(providers, servers_of_two_hosts_are_mixed)
{
	expect_nobody("amy.ns.cloudflare.com ns41.domaincontrol.com", true);
	expect_nobody("ns1.he.net dns1.p05.nsone.net", true);
	expect_nobody("ns-strato.ui-dns.de ns1023.ui-dns.com", true);
}

Test(providers, one_unknown_server_is_enough_for_nobody)
{
	expect_nobody("amy.ns.cloudflare.com ns1.example.com", false);
	expect_nobody(
	    "amy.ns.cloudflare.com ns41.domaincontrol.com ns1.example.com",
	    false);
	expect_nobody("", false);
}

Test(providers, every_id_is_in_lower_case_and_finds_its_row)
{
	for (enum provider_index i = 0; i < PROVIDERS; i++) {
		const struct provider *provider = provider_at(i);
		const struct str id = str_of(provider->id);
		cr_expect(str_eq(id, str_lower(arena, id)), "%s", provider->id);
		cr_expect(provider_by_id(id) == provider, "%s", provider->id);
		cr_expect(provider_index_of(provider) == i);
		cr_expect(str_index(id, ' ') < 0, "%s", provider->id);
	}
	cr_expect(eq(ptr, (void *)provider_by_id(STR("nobody")), NULL));
}
