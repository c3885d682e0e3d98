package io.modelvane.engine.deadletter;

import io.modelvane.spi.DataSize;
import io.modelvane.spi.Option;
import java.nio.file.Path;
import java.util.Optional;

/** Options of dead letters in files. */
public record FileDeadLetterOptions(
    @Option(description = "Folder for the files; `dead-letters` in the data folder when not given.")
        Optional<Path> folder,
    @Option(
            description = "A file that is larger is closed and a new one begun.",
            defaultValue = "64MiB",
            min = "4KiB")
        DataSize rotateAt,
    @Option(
            description =
                "Most bytes of all files together. When it is reached the pipelines wait and say so:"
                    + " nothing is deleted; move old files away.",
            defaultValue = "10GiB",
            min = "4KiB")
        DataSize limit) {}
