import type { Quirk } from "../../connector-kit/quirk.ts";

/** What naive code gets wrong with files in a folder. */
export const quirks: readonly Quirk[] = [
  {
    id: "half-a-file",
    what: "A process that is killed while it writes leaves half a file under the final name.",
    tests: [
      "a process killed before the file has its name leaves all of it or nothing",
      "a process killed after the file has its name leaves all of it or nothing",
    ],
  },
  {
    id: "lost-in-a-power-cut",
    what: "A file that was written and not synced, or whose folder was not, is gone after a power cut.",
    tests: ["the bytes are on disk before they have their name, and the name before we say so"],
  },
  {
    id: "write-replaces",
    what: "Writing or renaming onto a name that is taken replaces the other file.",
    tests: [
      "the same label kept twice in the folder is found, and other bytes under its key are refused",
      "of two that write one key at once, one wins and the other is told",
    ],
  },
  {
    id: "disk-without-links",
    what: "exFAT and some shares have no hard links, so a name cannot be given only once.",
    tests: ["a disk without links still never overwrites"],
  },
  {
    id: "disk-full",
    what: "A full disk takes the first part of a file and refuses the rest.",
    tests: ["a full disk keeps nothing and is tried again when there is room"],
  },
  {
    id: "key-leads-out",
    what: "A key with .. or a slash in front names a file outside of the folder.",
    tests: ['the key "../out" never becomes a path', 'the key "a/../../b" never becomes a path'],
  },
  {
    id: "link-leads-out",
    what: "A symbolic link inside the folder leads reads and writes somewhere else.",
    tests: ["a link that leads out of the folder is not followed, to write or to read"],
  },
  {
    id: "changed-on-disk",
    what: "Whoever has the machine can change or remove a file.",
    tests: ["a file that changed or vanished on disk is never handed on"],
  },
  {
    id: "drafts-left-behind",
    what: "A crash leaves the unfinished file behind, and nobody looks there again.",
    tests: ["drafts that a crash left behind are swept after a day, fresh ones are not"],
  },
  {
    id: "not-a-pdf",
    what: "A disk keeps any bytes, so a carrier's error page becomes a label.",
    tests: ["a label that is a web page and calls itself a PDF is not kept in the folder"],
  },
  {
    id: "not-the-same-folder",
    what: "Two machines with a folder of the same name have two folders, and one of them lacks the file.",
    cannotApply:
      "A folder is for one machine or a share that all of them mount; the page says so, and S3 is there.",
  },
];
