#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   break;
  }
#endif
// refused: jump-nowhere at 5:4
