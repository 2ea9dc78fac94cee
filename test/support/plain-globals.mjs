// Jest's environment of Node, with one difference: the globals of a test are an ordinary object. Jest's own are a proxy behind an interceptor, so
// each `Math`, `String` or `undefined` in a loop costs a hundred times what it costs in the product.
import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

export default class PlainGlobals extends TestEnvironment {
  constructor(config, context) {
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(config, context);
    } finally {
      vm.createContext = createContext;
    }
  }
}
