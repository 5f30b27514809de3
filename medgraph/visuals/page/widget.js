// The picture of a notebook: its page in a frame, and the ids that are selected in it for Python.
export default {
  render({ model, el }) {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts allow-downloads');
    frame.style.cssText = 'display:block;width:100%;border:1px solid currentColor';
    const size = () => { frame.style.height = model.get('height') + 'px'; };
    const hear = event => {
      const said = event.data;
      if (event.source !== frame.contentWindow || !said || said.medgraph !== 'selected') return;
      if (!Array.isArray(said.ids)) return;
      model.set('selected', said.ids.map(String));
      model.save_changes();
    };
    size();
    frame.title = model.get('title');
    frame.srcdoc = model.get('page');
    model.on('change:height', size);
    window.addEventListener('message', hear);
    el.appendChild(frame);
    return () => {
      model.off('change:height', size);
      window.removeEventListener('message', hear);
    };
  }
};
