/*
 * classify.cc - why one call failed, in C++17: owners that give everything back, whatever goes wrong.
 *
 *     c++ -std=c++17 classify.cc $(pkg-config --cflags --libs libsipcause) -o classify
 *     ./classify                              a built-in response by the profile "default"
 *     ./classify -m acme.yaml                 by a mapping file
 *     ./classify -m acme.yaml response.txt    a SIP response in a file, as it was on the wire
 *
 * It exits with 0 when there is a verdict, 1 when there is none.
 *
 * Arguments: -m acme.yaml
 *
 * SPDX-License-Identifier: MIT
 */
#include <sipcause.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <fstream>
#include <iostream>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>

namespace
{

constexpr std::string_view example = "SIP/2.0 503 Service Unavailable\r\n"
                                     "Call-ID: 7b7e8913-0001@192.0.2.10\r\n"
                                     "CSeq: 1 INVITE\r\n"
                                     "Reason: Q.850;cause=41;text=\"Temporary failure\"\r\n"
                                     "X-Cause-Code: 605\r\n"
                                     "Content-Length: 0\r\n"
                                     "\r\n";

/* Far above any SIP message: what is longer is some other file. */
constexpr std::size_t longest = 1 << 20;

/* No table at all is the profile "default", so an empty owner is a good one. */
struct unref_table {
    void operator()(const sipcause_table *table) const noexcept
    {
        sipcause_table_unref(table);
    }
};
using table_owner = std::unique_ptr<const sipcause_table, unref_table>;

struct free_release {
    void operator()(sipcause_release *release) const noexcept
    {
        sipcause_release_free(release);
    }
};
using release_owner = std::unique_ptr<sipcause_release, free_release>;

/* The library throws nothing; its errors become exceptions here. */
void check(int result)
{
    if (result == SIPCAUSE_ERROR_MEMORY)
        throw std::bad_alloc();
    if (result == SIPCAUSE_OK)
        return;
    const char *name = sipcause_error_name(result);
    throw std::runtime_error(name != nullptr ? name : "unknown error");
}

table_owner load(const char *path)
{
    sipcause_error error{};
    table_owner table(sipcause_load_file(path, &error));
    if (table == nullptr) {
        std::array<char, 1024> text;
        sipcause_error_format(&error, text.data(), text.size());
        throw std::runtime_error(text.data());
    }
    return table;
}

/* The release takes a reference to the table: they may go in either order. */
release_owner make_release(const sipcause_table *table)
{
    release_owner release(sipcause_release_new(table));
    if (release == nullptr)
        throw std::bad_alloc();
    return release;
}

std::string read(const char *path)
{
    std::ifstream file(path, std::ios::binary);
    std::string bytes(longest + 1, '\0');
    if (file)
        file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file.is_open() || file.bad() || (file.fail() && !file.eof()))
        throw std::runtime_error(std::string(path) + ": cannot be read");
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    if (bytes.size() > longest)
        throw std::runtime_error(std::string(path) + ": is no SIP message, it is too long");
    return bytes;
}

/* A newer library may return numbers that have no name here. */
const char *shown(const char *name)
{
    return name != nullptr ? name : "-";
}

std::string code_text(const sipcause_table *table, sipcause_code code)
{
    if (code.space == SIPCAUSE_SPACE_NONE)
        return "no evidence";
    std::array<char, 64> text; /* always suffices */
    sipcause_code_format(table, code, text.data(), text.size());
    return text.data();
}

/* Every text of the verdict is the release's and ends with the next call: it is printed at once. */
void show(const sipcause_table *table, const sipcause_verdict &verdict)
{
    std::cout << verdict.disposition << "\n  outcome     " << shown(sipcause_outcome_name(verdict.outcome))
              << "\n  party       " << shown(sipcause_party_name(verdict.party)) << "\n  route       "
              << shown(sipcause_route_name(verdict.route)) << "\n  decided by  "
              << code_text(table, verdict.decided_by);
    if (verdict.source_name != nullptr)
        std::cout << " in " << verdict.source_name;
    std::cout << "\n";

    for (std::uint32_t bit = 1; bit != 0; bit <<= 1)
        if ((verdict.flags & bit) != 0)
            std::cout << "  flag        " << shown(sipcause_flag_name(bit)) << "\n";
}

void show_findings(const sipcause_release *release)
{
    for (std::size_t i = 0; i < sipcause_finding_count(release); i++) {
        const sipcause_finding *finding = sipcause_finding_at(release, i);
        std::cout << "  " << shown(sipcause_severity_name(finding->severity)) << ": " << finding->message << " ["
                  << shown(sipcause_rule_name(finding->rule)) << "]\n";
    }
}

/* Classifies one response; of a call that is still up, or a request alone, there is nothing to be told. */
void classify(const sipcause_table *table, std::string_view bytes)
{
    sipcause_message message;
    if (!sipcause_message_parse(bytes.data(), bytes.size(), &message) || message.status < 300)
        throw std::runtime_error("this is no response that refuses a call");

    release_owner release = make_release(table);
    check(sipcause_release_message(release.get(), bytes.data(), bytes.size()));
    const sipcause_verdict *verdict = sipcause_decide(release.get());
    if (verdict == nullptr)
        throw std::bad_alloc();
    show(table, *verdict);
    show_findings(release.get());
}

void run(int argc, char **argv)
{
    table_owner table;
    int next = 1;
    if (next + 1 < argc && std::string_view(argv[next]) == "-m") {
        table = load(argv[next + 1]);
        next += 2;
    }
    if (next + 1 < argc)
        throw std::runtime_error("usage: classify [-m MAPPING] [FILE]");
    if (next < argc)
        classify(table.get(), read(argv[next]));
    else
        classify(table.get(), example);
    if (!std::cout.flush())
        throw std::runtime_error("the verdict cannot be written");
}

} // namespace

int main(int argc, char **argv)
{
    try {
        run(argc, argv);
        return 0;
    } catch (const std::bad_alloc &) {
        std::cerr << "out of memory\n";
    } catch (const std::exception &error) {
        std::cerr << error.what() << "\n";
    }
    return 1;
}
