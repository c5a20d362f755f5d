import { call, http } from './client';

export const get = () => call(http.GET('/api/system'));
