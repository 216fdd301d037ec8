package nl.keuzecatalogus.devnode.analysis;

import java.util.Set;

import org.elasticsearch.common.settings.Settings;

/** The settings that an analysis component here implements; `check` refuses every other one. */
record KnownSettings(Set<String> names) {
    private static final Set<String> OF_EVERY_COMPONENT = Set.of("type", "version");

    static KnownSettings none() {
        return new KnownSettings(Set.of());
    }

    static KnownSettings of(String... names) {
        return new KnownSettings(Set.of(names));
    }

    /** Lists arrive as `rules.0`, `rules.1`, so a trailing number is no part of the name. */
    void check(String component, Settings settings) {
        for (String key : settings.keySet()) {
            String name = key.replaceFirst("\\.\\d+$", "");
            if (!OF_EVERY_COMPONENT.contains(name) && !name.startsWith("index.") && !names.contains(name)) {
                throw new IllegalArgumentException(
                    "[" + component + "] has the setting [" + key + "], which this development node does not implement");
            }
        }
    }
}
