#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   ushort unit='ab';
  }
#endif
// refused: character-literal at 5:16
