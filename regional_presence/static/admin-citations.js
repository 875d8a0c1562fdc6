'use strict';
// The facts that a citation names: the page holds their list once, each citation offers it; a path may also be typed.
{
    const $ = django.jQuery;

    // One column of one row is not in the list: "locations/panama/city".
    const typedPath = ({term}) => term.includes('/') ? {id: term.trim(), text: term.trim()} : null;

    const enhance = (root) => {
        const holder = document.getElementById('citable-paths');
        const paths = holder ? JSON.parse(holder.textContent) : [];
        $(root).find('select.citable-paths').not('[name*=__prefix__]').each((place, element) => {
            $(element).select2({data: paths, tags: true, createTag: typedPath, theme: 'admin-autocomplete', width: '100%'});
        });
    };

    $(() => enhance(document));
    document.addEventListener('formset:added', (event) => enhance(event.target));
}
