/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options; starts the prompt, or runs what is given. */
#if HAVE_CONFIG_H
#include "config.h"
#endif

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "data/dataset.h"
#include "repl/graphics.h"
#include "repl/language.h"
#include "repl/lesson_play.h"
#include "repl/loop.h"
#include "repl/run.h"
#include "repl/session.h"
#include "repl/signals.h"
#include "repl/wake.h"

enum { USAGE_STATUS = 2 };

struct options {
    struct session_options session;
    char **texts; /* of -e */
    size_t text_count, text_capacity;
    bool typed_input; /* -i */
    const char *lesson;
    bool check_lessons;
    char **files; /* of --check-lessons */
    int file_count;
    const char *file;
};

/* ---------------------------------------------------------------- options */

enum {
    OPTION_COLOR = 256,
    OPTION_CHECK_LESSONS,
    OPTION_DATA,
    OPTION_LESSON,
    OPTION_SEED,
    OPTION_VERSION
};

static const struct option long_options[] = {
    {"check-lessons", no_argument, NULL, OPTION_CHECK_LESSONS},
    {"color", required_argument, NULL, OPTION_COLOR},
    {"data", required_argument, NULL, OPTION_DATA},
    {"help", no_argument, NULL, 'h'},
    {"lesson", required_argument, NULL, OPTION_LESSON},
    {"seed", required_argument, NULL, OPTION_SEED},
    {"version", no_argument, NULL, OPTION_VERSION},
    {NULL, 0, NULL, 0}};

static void print_help(void)
{
    fputs(_("usage: tensor [OPTION…] [FILE]\n"
            "A prompt for tensor math, as NumPy does it.\n"
            "\n"
            "  FILE           run a Python program; - is standard input\n"
            "  -e CODE        run CODE as if it was typed, then leave\n"
            "  -i             take standard input as if it was typed\n"
            "  --lesson ID    play a lesson: 7, 7.3, or a file\n"
            "  --check-lessons [FILE…]\n"
            "                 play lessons as their authors do, report faults\n"
            "  --data DIR     look for data sets only in DIR\n"
            "  --seed N       start random numbers and training from seed N\n"
            "  --color WHEN   auto, always or never\n"
            "  --version      print the version\n"
            "  -h, --help     print this\n"
            "\n"
            "Without FILE, -e or -i: the prompt; type help there.\n"),
          stdout);
}

static void print_version(void)
{
    puts("tensor " PACKAGE_VERSION);
}

/* One line, then status 2. */
static _Noreturn void wrong_usage(const char *format, const char *what)
{
    fputs("tensor: ", stderr);
    fprintf(stderr, format, what);
    fputs(_("; tensor --help lists the options\n"), stderr);
    exit(USAGE_STATUS);
}

static uint32_t read_seed(const char *text)
{
    char *end;
    errno = 0;
    unsigned long long seed = strtoull(text, &end, 10);
    if (errno || *text < '0' || *text > '9' || *end || seed > UINT32_MAX)
        wrong_usage(_("the seed must be from 0 to 4294967295, not '%s'"),
                    text);
    return (uint32_t)seed;
}

static void wrong_option(char *const *argv, int found)
{
    char letter[] = {'-', (char)optopt, '\0'};
    const char *name = optopt > 0 && optopt < 256 ? letter : argv[optind - 1];
    if (found == ':')
        wrong_usage(_("%s needs a value"), name);
    wrong_usage(_("there is no option %s"), name);
}

static void take_option(struct options *options, int option)
{
    switch (option) {
    case 'e':
        VEC_PUSH(options->texts, options->text_count,
                 options->text_capacity) = optarg;
        break;
    case 'i':
        options->typed_input = true;
        break;
    case 'h':
        print_help();
        exit(EXIT_SUCCESS);
    case OPTION_VERSION:
        print_version();
        exit(EXIT_SUCCESS);
    case OPTION_LESSON:
        options->lesson = optarg;
        break;
    case OPTION_CHECK_LESSONS:
        options->check_lessons = true;
        break;
    case OPTION_DATA:
        dataset_set_directory(optarg);
        break;
    case OPTION_SEED:
        options->session.seeded = true;
        options->session.seed = read_seed(optarg);
        break;
    case OPTION_COLOR:
        if (!color_mode_find(optarg, &options->session.color))
            wrong_usage(_("--color can be auto, always or never, not '%s'"),
                        optarg);
        break;
    default:
        break;
    }
}

static void read_options(struct options *options, int argc, char **argv)
{
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "+:e:ih", long_options, NULL)) !=
           -1) {
        if (option == '?' || option == ':')
            wrong_option(argv, option);
        take_option(options, option);
    }
    if (options->check_lessons) {
        options->files = argv + optind;
        options->file_count = argc - optind;
        return;
    }
    if (optind < argc)
        options->file = argv[optind++];
    if (optind < argc)
        wrong_usage(_("one file at a time, '%s' is too much"), argv[optind]);
    if ((options->file != NULL) + (options->text_count > 0) +
            options->typed_input + (options->lesson != NULL) > 1)
        wrong_usage("%s", _("FILE, -e, -i and --lesson do not go together"));
}

/* ---------------------------------------------------------------- running */

/* Neither file, -e nor -i: the prompt, or as `python < FILE`. */
static void choose_mode(struct options *options)
{
    const char *term = getenv("TERM");
    bool given = options->file || options->text_count ||
                 options->typed_input || options->check_lessons;
    bool is_screen = isatty(STDOUT_FILENO) && !options->typed_input;
    options->session.terminal = is_screen && term && strcmp(term, "dumb");
    options->session.interactive =
        !given && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    if (!given && !options->lesson && !options->session.interactive)
        options->file = "-";
}

static int run_prompt(struct session *session)
{
    printf(_("tensor %s — type help\n"), PACKAGE_VERSION);
    fflush(stdout);
    return loop_run_prompt(session);
}

/* At the prompt, or with standard input as the answers: then status 0 says
   that the lesson has come to its end. */
static int play_lesson(struct session *session, const struct options *options)
{
    if (!run_lesson(session, options->lesson))
        return EXIT_FAILURE;
    if (options->session.interactive)
        return loop_run_prompt(session);
    int status = run_typed_input(session);
    return status || lesson_play_is_complete() ? status : EXIT_FAILURE;
}

static int run(struct session *session, const struct options *options)
{
    if (options->check_lessons)
        return run_check(session, options->files, options->file_count);
    if (options->lesson)
        return play_lesson(session, options);
    if (options->session.interactive)
        return run_prompt(session);
    if (options->typed_input)
        return run_typed_input(session);
    if (options->text_count)
        return run_texts(session, options->texts, (int)options->text_count);
    return run_file(session, options->file);
}

int main(int argc, char **argv)
{
    struct options options = {.file = NULL};
    language_start();
    read_options(&options, argc, argv);
    choose_mode(&options);
    if (!wake_open()) {
        perror("tensor");
        return EXIT_FAILURE;
    }
    signals_install(options.session.interactive);
    graphics_init();
    struct session *session = session_new(&options.session);
    int status = run(session, &options);
    graphics_done();
    loop_leave_trainings(session);
    session_free(session);
    dataset_set_directory(NULL);
    free(options.texts);
    return status;
}
