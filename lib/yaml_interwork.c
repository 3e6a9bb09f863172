/*
 * yaml_interwork.c - `interworking` as the text of a mapping file.
 *
 * SPDX-License-Identifier: MIT
 */
#include "yaml_write.h"

/* One direction: what its keys are called. */
typedef struct direction {
    const char *name, *to; /* sip-to-isup, cause */
    bool to_isup;
} direction;

static const direction isup = {"sip-to-isup", "cause", true}, sip = {"isup-to-sip", "status", false};

static void write_to(yaml *to, const interwork_rule *rule)
{
    if (rule->to)
        write_number(&to->out, rule->to);
    else
        write_text(&to->out, "none");
}

/* The answer of a rule, without its condition. */
static void write_answer(yaml_keys *keys, const direction *way, const interwork_rule *rule)
{
    yaml_key(keys, way->to);
    write_to(keys->to, rule);
    if (rule->location != SIPCAUSE_LOCATION_NONE)
        yaml_word(keys, "location", sipcause_location_name(rule->location));
    if (rule->flags & TO_NOTICE)
        yaml_truth(keys, "redress", true);
}

static void write_item(yaml *to, const direction *way, const interwork_rule *rule)
{
    yaml_keys keys = {to, 0, false};
    /* An item needs a condition; to ISUP its `location` is the answer's. */
    if (condition_empty(&rule->when) || (way->to_isup && rule->when.locations))
        to->unsayable = true;
    write_text(&to->out, "{");
    yaml_condition(&keys, &rule->when);
    write_answer(&keys, way, rule);
    write_text(&to->out, "}");
}

/* The rules of one code in one line: 21, none, or a mapping. always: the last one, when it has no condition. */
static void write_line(yaml *to, const direction *way, const interwork_rule *rules, uint32_t count,
                       const interwork_rule *always)
{
    yaml_keys keys = {to, 0, false}, list = {to, 0, false};
    bool bare = always && count == 1 && always->location == SIPCAUSE_LOCATION_NONE && !(always->flags & TO_NOTICE);
    write_text(&to->out, bare ? "" : "{");
    if (bare)
        write_to(to, always);
    else if (always)
        write_answer(&keys, way, always);
    for (uint32_t i = 0; i < count && &rules[i] != always; i++) {
        yaml_key(i ? &list : &keys, i ? NULL : "when");
        list.any = true;
        write_text(&to->out, i ? "" : "[");
        write_item(to, way, &rules[i]);
    }
    write_text(&to->out, list.any ? "]" : "");
    write_text(&to->out, bare ? "" : "}");
}

static void write_block(yaml *to, const direction *way, const interwork_rule *rules, uint32_t count,
                        const interwork_rule *always)
{
    yaml_keys keys = {to, 6, false};
    if (always)
        write_answer(&keys, way, always);
    yaml_line(to, 6);
    write_text(&to->out, "when:");
    for (uint32_t i = 0; i < count && &rules[i] != always; i++) {
        yaml_line(to, 8);
        write_text(&to->out, "- ");
        write_item(to, way, &rules[i]);
    }
}

/* Of the rules of one code only the last may be without a condition. */
static const interwork_rule *always_of(const interwork_rule *rules, uint32_t count)
{
    const interwork_rule *last = &rules[count - 1];
    return condition_empty(&last->when) ? last : NULL;
}

/* The rules of one code, behind its key. */
static void write_rules(yaml *to, const direction *way, const interwork_rule *rules, uint32_t count)
{
    const interwork_rule *always = always_of(rules, count);
    yaml dry = {{NULL, 0, 0}, false};
    write_line(&dry, way, rules, count, always);
    if (dry.out.length < YAML_WIDTH) { /* a blank is before it */
        write_text(&to->out, " ");
        write_line(to, way, rules, count, always);
    } else {
        write_block(to, way, rules, count, always);
    }
}

void yaml_rules(yaml *to, bool to_isup, const interwork_rule *rules, uint32_t count)
{
    write_line(to, to_isup ? &isup : &sip, rules, count, always_of(rules, count));
}

void yaml_from(yaml *to, bool to_isup, uint32_t from)
{
    static const char *const names[] = {"default", "BYE", "CANCEL", "3xx", "4xx", "5xx", "6xx"};
    if (to_isup ? from <= 6 : from == SIPCAUSE_FROM_DEFAULT)
        write_text(&to->out, names[from]);
    else
        write_number(&to->out, from);
}

uint32_t yaml_rules_count(const interwork_rule *rules, uint32_t count)
{
    uint32_t of_one = count ? 1 : 0;
    while (of_one < count && rules[of_one].from == rules[0].from)
        of_one++;
    return of_one;
}

/* The rules whose from is within bounds. */
static void write_range(yaml *to, const direction *way, const interwork_rule *rules, uint32_t count, uint32_t low,
                        uint32_t high)
{
    for (uint32_t i = 0, of_one; i < count; i += of_one) {
        of_one = yaml_rules_count(&rules[i], count - i);
        if (rules[i].from < low || rules[i].from > high)
            continue;
        yaml_line(to, 4);
        yaml_from(to, way->to_isup, rules[i].from);
        write_text(&to->out, ":");
        write_rules(to, way, &rules[i], of_one);
    }
}

static void write_heading(yaml *to, const char *name)
{
    yaml_line(to, 2);
    write_text(&to->out, name);
    write_text(&to->out, ":");
}

const char *yaml_location_key(uint32_t hundreds)
{
    static const char *const names[LOCATIONS_TOLD] = {"requests", NULL, NULL, "3xx", "4xx", "5xx", "6xx"};
    return names[hundreds];
}

static void write_locations(yaml *to, const uint8_t *class_location)
{
    yaml_keys keys = {to, 0, false};
    yaml_line(to, 4);
    write_text(&to->out, "location: {");
    for (uint32_t i = 0; i < LOCATIONS_TOLD; i++)
        if (yaml_location_key(i))
            yaml_word(&keys, yaml_location_key(i), sipcause_location_name(class_location[i]));
    write_text(&to->out, "}");
}

void yaml_interworking(yaml *to, const interwork_rules *rules)
{
    write_text(&to->out, "\ninterworking:");
    write_heading(to, isup.name);
    write_range(to, &isup, rules->to_isup, rules->to_isup_count, 300, 699);
    write_range(to, &isup, rules->to_isup, rules->to_isup_count, 3, 6);
    write_range(to, &isup, rules->to_isup, rules->to_isup_count, SIPCAUSE_FROM_BYE, SIPCAUSE_FROM_CANCEL);
    write_range(to, &isup, rules->to_isup, rules->to_isup_count, SIPCAUSE_FROM_DEFAULT, SIPCAUSE_FROM_DEFAULT);
    write_locations(to, rules->class_location);
    if (!rules->to_sip_count)
        return;
    write_heading(to, sip.name);
    write_range(to, &sip, rules->to_sip, rules->to_sip_count, 1, 127);
    write_range(to, &sip, rules->to_sip, rules->to_sip_count, SIPCAUSE_FROM_DEFAULT, SIPCAUSE_FROM_DEFAULT);
}
