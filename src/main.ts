import './trusted-types';
import { mount } from 'svelte';
import { demoModel } from './pipeline/demo-model';
import { readModelQuery } from './pipeline/model-query';
import App from './ui/App.svelte';
import './ui/tokens.css';
import './ui/app.css';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

mount(App, { target, props: { request: demoModel(readModelQuery(location.search)) } });
