// Loads dialogs and menus before a test starts. Import this in component tests that open one: they are loaded
// on first use, and transforming their library takes longer than a test waits for an element.
import '$lib/components/ui/ChoiceMenu.svelte';
import '$lib/components/ui/Dialog.svelte';
import '$lib/components/ui/DropdownMenu.svelte';
